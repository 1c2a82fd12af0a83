/** Samples as an audit leaves them. */
import type { AuditSample, Sample } from '../../measure/run/samples.ts';
import { START } from './synthetic-run.ts';

export function audit(repeat: number, figures: AuditSample['figures'], name = '/schedule'): AuditSample {
  return {
    t: START + repeat * 1000,
    kind: 'audit',
    name,
    role: 'resident',
    via: 'browser',
    mode: 'navigation',
    repeat,
    ok: true,
    figures,
  };
}

const CONCLUDED = {
  audit: '/schedule',
  mode: 'navigation',
  representative: 3,
  file: 'lighthouse/schedule.html',
  json: 'lighthouse/schedule.json',
  formFactor: 'desktop',
  throttling: 'none',
  opportunities: [{ id: 'unused-javascript', title: 'Reduce unused JavaScript', ms: 70, bytes: 126_000 }],
  accessibility: [
    { id: 'button-name', title: 'Buttons have no <name>', elements: 20, example: 'td > button' },
    { id: 'td-has-header', title: '`<td>` elements without header', elements: 1 },
  ],
  film: [
    { ms: 375, file: 'lighthouse/schedule-1.jpg' },
    { ms: 750, file: '../elsewhere.jpg' },
  ],
} as const;

export const concludedEvent = (changes: object = {}) =>
  ({
    t: START + 4000,
    kind: 'event',
    name: 'audit-concluded',
    data: { ...CONCLUDED, ...changes },
  }) as unknown as Sample;
