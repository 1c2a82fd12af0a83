import type { Role } from '../measure/run/samples.ts';
import discardADraft from './admin/generate-a-draft.ts';
import watchComplianceAndResilience from './admin/watch-compliance-and-resilience.ts';
import addAPerson from './coordinator/add-a-person.ts';
import requestASwap from './faculty/request-a-swap.ts';
import reviewMyCalls from './faculty/review-my-calls.ts';
import type { Journey } from './journey.ts';
import browseTheSchedule from './resident/browse-the-schedule.ts';
import lookAtMySchedule from './resident/look-at-my-schedule.ts';
import requestAnAbsence from './resident/request-an-absence.ts';

/** Every browser journey there is. Runners take them from here. */
export const journeys: readonly Journey[] = [
  lookAtMySchedule,
  requestAnAbsence,
  browseTheSchedule,
  reviewMyCalls,
  requestASwap,
  addAPerson,
  discardADraft,
  watchComplianceAndResilience,
];

/** Journeys of one role, without those that change data where nothing may be changed. */
export function journeysOf(role: Role, readOnly = false): Journey[] {
  return journeys.filter((journey) => journey.role === role && !(readOnly && journey.mutates));
}
