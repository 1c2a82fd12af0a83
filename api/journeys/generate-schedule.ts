import { type DateRange, overlaps } from '../../fixtures/data/dates.ts';
import { ApiFailure } from '../client/failure.ts';
import { type ApiJourneyTools, defineApiJourney } from '../journey.ts';
import * as auth from '../operations/auth.ts';
import * as drafts from '../operations/drafts.ts';
import * as schedule from '../operations/schedule.ts';
import { claimWeek, draftRange, pendingDrafts } from './parts/own-week.ts';

const SOLVER_SECONDS = 30;

export default defineApiJourney({
  name: 'generate a schedule over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['drafts'],
  async run(tools) {
    const { api, cutShort, think } = tools;
    const { data: user } = await api.request(auth.me);
    const before = await pendingDrafts(api);
    const claim = await claimWeek(tools, before);
    if (!claim) return cutShort('no week to come has blocks and no pending draft');
    try {
      await think();
      await generateAndDiscard(tools, claim.week, { userId: user.id, before });
    } finally {
      claim.release();
    }
  },
});

interface Situation {
  userId: string;
  /** Drafts that were pending before. */
  before: readonly drafts.Draft[];
}

async function generateAndDiscard(
  tools: ApiJourneyTools,
  week: DateRange,
  situation: Situation,
): Promise<void> {
  const { api, check, cutShort, think, change } = tools;
  const own = async (cleanup: boolean) =>
    (await pendingDrafts(api, cleanup)).filter((draft) => isOwn(draft, week, situation));
  const discard = async (found: readonly drafts.Draft[], cleanup: boolean) => {
    for (const { id } of found) await api.request(drafts.discard, { params: { id }, cleanup });
  };
  const made = change({
    what: 'drafts',
    name: `draft of ${week.start} to ${week.end}`,
    undo: async () => discard(await own(true), true),
  });
  const outcome = await generate(tools, week, situation);
  if (outcome !== 'a draft') {
    made.undone(); // nothing came of it
    return cutShort(outcome);
  }
  await think();
  const listed = await own(false);
  const [first] = listed;
  check('the draft is listed', first !== undefined);
  if (first) made.at(`/schedules/drafts/${first.id}`);
  await discard(listed, false);
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

/** Whether this session made the draft: it is new, of this week, and of this user as far as the target tells. */
function isOwn(draft: drafts.Draft, week: DateRange, { userId, before }: Situation): boolean {
  const creator = draft.created_by ?? draft.created_by_id;
  return (
    !before.some(({ id }) => id === draft.id) &&
    draft.target_start_date === week.start &&
    draft.target_end_date === week.end &&
    (!creator || creator === userId)
  );
}
