/** The contract has no compliance router: these are the endpoints that answer compliance questions. */
import { z } from 'zod';
import { operation } from '../operation.ts';

/** One query per resident. */
export const awayFromProgram = operation({
  name: 'compliance.away from program',
  class: 'complex',
  method: 'GET',
  path: '/absences/compliance/away-from-program',
  response: z.looseObject({
    academic_year: z.string(),
    residents: z.array(z.looseObject({ person_id: z.string(), days_used: z.number() })),
    summary: z.looseObject({ total_residents: z.number() }),
  }),
});

export const awayOfResident = operation({
  name: 'compliance.away of resident',
  class: 'crud',
  method: 'GET',
  path: '/absences/residents/{id}/away-from-program',
});

export const fairnessAudit = operation({
  name: 'compliance.fairness audit',
  class: 'complex',
  method: 'GET',
  path: '/fairness/audit',
});
