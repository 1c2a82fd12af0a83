/** Generates a draft over a range and discards it. What the target may answer to that is counted, each by name. */
import { isSomebodyAbsentThroughout } from '../../../fixtures/data/absent-throughout.ts';
import { type DateRange, overlaps } from '../../../fixtures/data/dates.ts';
import { describeAnswer } from '../../../measure/errors/answer-text.ts';
import type { CutShort } from '../../../measure/run/samples.ts';
import type { ApiAnswer } from '../../client/answer.ts';
import { ApiFailure } from '../../client/failure.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as schedule from '../../operations/schedule.ts';
import { discard, isOwn, ownDrafts, type Situation } from './own-drafts.ts';
import { draftRange, leaveOfResidents, pendingDrafts, RESIDENT_ABSENT } from './own-week.ts';

const SOLVER_SECONDS = 30;
/** The solver's own limit, and as much again for what is around it. */
const LATER_MS = 2 * SOLVER_SECONDS * 1000;
const LOOK_AGAIN_MS = 1000;

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
  tools: HttpJourneyTools,
  range: DateRange,
  situation: Situation,
  algorithm: Algorithm,
): Promise<CutShort | undefined> {
  const { api, check, count, data } = tools;
  const answer = await api.request(schedule.generate, {
    headers: { 'idempotency-key': data.unique('generate') },
    body: generationOf(range, algorithm),
    // 400 and the limit come only on deployments that are not in debug mode (docs/contract/api.md §2.3, §5.9).
    expect: [200, 207, 409, 422, 429, ...(algorithm === 'cp_sat' ? [] : [400])],
    mayFail: true,
  });
  if (!answer.ok) return afterError(tools, range, situation, answer);
  const refusal = answer.status === 422 ? await ofAbsence(tools, range, answer) : REFUSALS[answer.status];
  if (refusal) {
    count(`generations refused: ${refusal.text}`);
    return refusal;
  }
  count('schedules generated');
  count(`algorithm ${algorithm} ran as ${effectiveIn(answer.data.message)}`);
  check('draft is created', answer.data.status === 'draft', `status ${answer.data.status}`);
  return undefined;
}

/** A resident may have become absent since the range was chosen. @throws {ApiFailure} when it is another 422 */
async function ofAbsence(
  { api }: HttpJourneyTools,
  range: DateRange,
  { json }: ApiAnswer,
): Promise<CutShort> {
  if (isSomebodyAbsentThroughout(range, await leaveOfResidents(api, range))) return RESIDENT_ABSENT;
  throw new ApiFailure(schedule.generate, 422, describeAnswer(422, json));
}

/**
 * Over a week that got a draft in the meantime the target answers 500; with its limits on it does so after it has made ours
 * (docs/contract/api.md §2.3). A proxy that waits no longer says so in no JSON, and the draft comes later.
 */
async function afterError(
  { api, count, effect, wait }: HttpJourneyTools,
  range: DateRange,
  situation: Situation,
  { status, what = '', errorKind, json }: ApiAnswer,
): Promise<CutShort | undefined> {
  const failure = new ApiFailure(schedule.generate, status, what, errorKind);
  if (status !== 500) throw failure;
  const isGivenUp = json === undefined;
  const until = performance.now() + (isGivenUp ? LATER_MS : 0);
  for (;;) {
    const pending = (await pendingDrafts(api)).filter((draft) => overlaps(draftRange(draft), range));
    const isMade = pending.some((draft) => isOwn(draft, range, situation));
    if (!isMade && performance.now() < until) {
      await wait(LOOK_AGAIN_MS);
      continue;
    }
    effect(isGivenUp ? 'generation given up by the proxy' : 'schedule generation returns 500', isMade);
    if (!isMade && pending.length === 0) throw failure;
    if (!isMade) return { code: 'draft-overlaps', text: 'another draft came over the week' };
    count('schedules generated');
    return undefined;
  }
}

/**
 * The target says in its message what it has really used, whatever was asked for
 * (docs/contract/verified.md §2.5).
 */
function effectiveIn(message: string): string {
  return /using (\w+)/.exec(message)?.[1] ?? 'not reported';
}
