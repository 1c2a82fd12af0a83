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
  const discard = async (cleanup: boolean) => {
    const own = (await pendingDrafts(api, cleanup)).filter((draft) => isOwn(draft, week, situation));
    for (const { id } of own) await api.request(drafts.discard, { params: { id }, cleanup });
    return own.length;
  };
  const made = change({
    what: 'drafts',
    name: `draft of ${week.start} to ${week.end}`,
    undo: async () => void (await discard(true)),
  });
  const answer = await generate(tools, week, situation);
  if (!answer || answer.status === 409) {
    made.undone(); // nothing came of it
    return cutShort(answer ? 'another run is in progress (409)' : 'another draft came over the week');
  }
  check('a draft is created', answer.data.status === 'draft', `status ${answer.data.status}`);
  await think();
  check('the draft is listed', (await discard(false)) > 0);
  made.undone();
}

/** undefined: somebody has put a draft over the week in the meantime, which the target answers with 500. */
async function generate({ api, data }: ApiJourneyTools, week: DateRange, situation: Situation) {
  try {
    return await api.request(schedule.generate, {
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
  } catch (error) {
    if (!(error instanceof ApiFailure) || error.status !== 500) throw error;
    const pending = await pendingDrafts(api);
    const foreign = pending.some(
      (draft) => overlaps(draftRange(draft), week) && !isOwn(draft, week, situation),
    );
    if (!foreign) throw error;
    return undefined;
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
