import { z } from 'zod';
import { operation } from '../operation.ts';
import { date, moment, pageOf, SCHEDULERS, text, uuid } from './shapes.ts';

const role = z.enum(['primary', 'supervising', 'backup']);

const assignment = z.looseObject({
  id: uuid,
  block_id: uuid,
  person_id: uuid,
  rotation_template_id: uuid.nullish(),
  role,
  notes: text,
  created_at: moment,
  updated_at: moment,
});

/** `complex`: with a large page the heaviest plain read of the contract. */
export const list = operation({
  name: 'assignments.list',
  class: 'complex',
  method: 'GET',
  path: '/assignments',
  response: pageOf(assignment),
});

export const read = operation({
  name: 'assignments.read',
  class: 'crud',
  method: 'GET',
  path: '/assignments/{id}',
  response: assignment,
});

const judged = assignment.extend({ acgme_warnings: z.array(z.string()), is_compliant: z.boolean() });

/** Answers 500 on the real application after its commit, as the two below do: a known defect. */
export const create = operation({
  name: 'assignments.create',
  class: 'write',
  method: 'POST',
  path: '/assignments',
  roles: SCHEDULERS,
  body: z.object({
    block_id: uuid,
    person_id: uuid,
    role,
    rotation_template_id: uuid.optional(),
    notes: z.string().max(1000).optional(),
    override_reason: z.string().max(500).optional(),
  }),
  statuses: [201],
  response: judged,
});

/** `updated_at` is the stored value: an older one is refused. */
export const update = operation({
  name: 'assignments.update',
  class: 'write',
  method: 'PUT',
  path: '/assignments/{id}',
  roles: SCHEDULERS,
  body: z.object({
    updated_at: moment,
    role: role.optional(),
    rotation_template_id: uuid.optional(),
    notes: z.string().max(1000).optional(),
  }),
  response: judged,
});

export const remove = operation({
  name: 'assignments.delete',
  class: 'write',
  method: 'DELETE',
  path: '/assignments/{id}',
  roles: SCHEDULERS,
});

export const dailyManifest = operation({
  name: 'assignments.daily manifest',
  class: 'complex',
  method: 'GET',
  path: '/assignments/daily-manifest/v2',
  response: z.looseObject({
    date,
    situational_awareness: z.looseObject({ absences: z.array(z.unknown()) }),
    attending: z.looseObject({}),
    clinic_coverage: z.array(z.looseObject({ person: z.looseObject({ id: uuid, name: z.string() }) })),
    generated_at: moment,
  }),
});

export const dailyLocations = operation({
  name: 'assignments.daily locations',
  class: 'complex',
  method: 'GET',
  path: '/assignments/daily-manifest',
  response: z.looseObject({
    date,
    locations: z.array(
      z.looseObject({
        clinic_location: z.string(),
        time_slots: z.looseObject({ AM: z.array(z.unknown()), PM: z.array(z.unknown()) }),
        staffing_summary: z.looseObject({ total: z.number() }),
      }),
    ),
    generated_at: moment,
  }),
});
