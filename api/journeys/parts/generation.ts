/** Generates a draft over a range and discards it. What the target may answer to that is counted, each by name. */
import { type DateRange, overlaps } from '../../../fixtures/data/dates.ts';
import type { CutShort } from '../../../measure/run/samples.ts';
import { ApiFailure } from '../../client/failure.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as schedule from '../../operations/schedule.ts';
import { discard, isOwn, ownDrafts, type Situation } from './own-drafts.ts';
import { draftRange, pendingDrafts } from './own-week.ts';

const SOLVER_SECONDS = 30;

export type Algorithm = 'greedy' | 'cp_sat' | 'pulp' | 'hybrid';

/** As `POST /schedule/generate` takes it: a draft of these days. */
export function generationOf(range: DateRange, algorithm: Algorithm = 'cp_sat') {
  return {
    start_date: range.start,
    end_date: range.end,
    algorithm,
    timeout_seconds: SOLVER_SECONDS,
    create_draft: true,
  };
}

/** @throws {ApiFailure} for an answer that is none of those that the contract lets one expect */
export async function generateAndDiscard(
  tools: HttpJourneyTools,
  range: DateRange,
  situation: Situation,
  algorithm: Algorithm = 'cp_sat',
): Promise<void> {
  const { api, check, cutShort, think, change } = tools;
  const made = change({
    what: 'drafts',
    name: `draft of ${range.start} to ${range.end}`,
    undo: async () => discard(api, await ownDrafts(api, range, situation, true), true),
  });
  const refused = await generate(tools, range, situation, algorithm);
  if (refused) {
    made.undone(); // nothing came of it
    return cutShort(refused);
  }
  await think();
  const listed = await ownDrafts(api, range, situation);
  const [first] = listed;
  check('draft is listed', first !== undefined);
  if (first) made.at(`/schedules/drafts/${first.id}`);
  await discard(api, listed);
  const left = listed.length === 0 ? 0 : (await ownDrafts(api, range, situation)).length;
  check('discarded draft is not listed', left === 0, `${left} still pending`);
  if (left === 0) made.undone();
}

const REFUSALS: Record<number, CutShort> = {
  400: { code: 'algorithm-refused', text: 'algorithm not allowed (400)' },
  409: { code: 'generation-running', text: 'run in progress (409)' },
  429: { code: 'generation-limited', text: 'rate limit (429)' },
};

/** @returns why there is no draft; undefined: there is one */
async function generate(
  { api, check, count, data, effect }: HttpJourneyTools,
  range: DateRange,
  situation: Situation,
  algorithm: Algorithm,
): Promise<CutShort | undefined> {
  try {
    const answer = await api.request(schedule.generate, {
      headers: { 'idempotency-key': data.unique('generate') },
      body: generationOf(range, algorithm),
      // 400 and the limit come only on deployments that are not in debug mode (docs/contract/api.md §2.3,
      // §5.9).
      expect: [200, 207, 409, 429, ...(algorithm === 'cp_sat' ? [] : [400])],
    });
    const refusal = REFUSALS[answer.status];
    if (refusal) {
      count(`generations refused: ${refusal.text}`);
      return refusal;
    }
    count('schedules generated');
    count(`algorithm ${algorithm} ran as ${effectiveIn(answer.data.message)}`);
    check('draft is created', answer.data.status === 'draft', `status ${answer.data.status}`);
    return undefined;
  } catch (error) {
    // Over a week that got a draft in the meantime the target answers 500; with its limits on it does so after it has
    // made ours (docs/contract/api.md §2.3).
    if (!(error instanceof ApiFailure) || error.status !== 500) throw error;
    const pending = (await pendingDrafts(api)).filter((draft) => overlaps(draftRange(draft), range));
    const isMade = pending.some((draft) => isOwn(draft, range, situation));
    effect('schedule generation returns 500', isMade);
    if (isMade) {
      count('schedules generated');
      return undefined;
    }
    if (pending.length > 0) return { code: 'draft-overlaps', text: 'another draft came over the week' };
    throw error;
  }
}

/**
 * The target says in its message what it has really used, whatever was asked for
 * (docs/contract/verified.md §2.5).
 */
function effectiveIn(message: string): string {
  return /using (\w+)/.exec(message)?.[1] ?? 'not reported';
}
