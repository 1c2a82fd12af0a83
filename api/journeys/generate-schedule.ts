import { type DateRange, overlaps } from '../../fixtures/data/dates.ts';
import { ApiFailure } from '../client/failure.ts';
import { type ApiJourneyTools, defineApiJourney } from '../journey.ts';
import * as schedule from '../operations/schedule.ts';
import { discard, isOwn, ownDrafts, type Situation, situationNow } from './parts/own-drafts.ts';
import { claimWeek, draftRange, pendingDrafts } from './parts/own-week.ts';

const SOLVER_SECONDS = 30;

export default defineApiJourney({
  name: 'generate a schedule over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['drafts'],
  async run(tools) {
    const { api, cutShort, think } = tools;
    const situation = await situationNow(api);
    const claim = await claimWeek(tools, situation.before);
    if (!claim) return cutShort('no week to come has blocks and no pending draft');
    try {
      await think();
      await generateAndDiscard(tools, claim.week, situation);
    } finally {
      claim.release();
    }
  },
});

async function generateAndDiscard(
  tools: ApiJourneyTools,
  week: DateRange,
  situation: Situation,
): Promise<void> {
  const { api, check, cutShort, think, change } = tools;
  const made = change({
    what: 'drafts',
    name: `draft of ${week.start} to ${week.end}`,
    undo: async () => discard(api, await ownDrafts(api, week, situation, true), true),
  });
  const outcome = await generate(tools, week, situation);
  if (outcome !== 'a draft') {
    made.undone(); // nothing came of it
    return cutShort(outcome);
  }
  await think();
  const listed = await ownDrafts(api, week, situation);
  const [first] = listed;
  check('the draft is listed', first !== undefined);
  if (first) made.at(`/schedules/drafts/${first.id}`);
  await discard(api, listed);
  made.undone();
}

type Outcome = 'a draft' | 'another run is in progress (409)' | 'another draft came over the week';

/** @throws {ApiFailure} for an answer that says neither that a draft was made nor that somebody was quicker */
async function generate(
  { api, check, data }: ApiJourneyTools,
  week: DateRange,
  situation: Situation,
): Promise<Outcome> {
  try {
    const answer = await api.request(schedule.generate, {
      headers: { 'idempotency-key': data.unique('generate') },
      body: {
        start_date: week.start,
        end_date: week.end,
        algorithm: 'cp_sat',
        timeout_seconds: SOLVER_SECONDS,
        create_draft: true,
      },
      expect: [200, 207, 409],
    });
    if (answer.status === 409) return 'another run is in progress (409)';
    check('a draft is created', answer.data.status === 'draft', `status ${answer.data.status}`);
    return 'a draft';
  } catch (error) {
    // Over a week that got a draft in the meantime the target answers 500; with its limits on it does so after it has
    // made ours (contract api.md §2.3).
    if (!(error instanceof ApiFailure) || error.status !== 500) throw error;
    const pending = (await pendingDrafts(api)).filter((draft) => overlaps(draftRange(draft), week));
    if (pending.some((draft) => isOwn(draft, week, situation))) return 'a draft';
    if (pending.length > 0) return 'another draft came over the week';
    throw error;
  }
}
