import { type DateRange, overlaps } from '../../fixtures/data/dates.ts';
import { thenCleanUp } from '../cleanup.ts';
import { ApiFailure } from '../client/failure.ts';
import { type ApiJourneyTools, defineApiJourney } from '../journey.ts';
import * as auth from '../operations/auth.ts';
import * as drafts from '../operations/drafts.ts';
import * as schedule from '../operations/schedule.ts';
import { claimWeek, draftRange, pendingDrafts } from './own-week.ts';

const SOLVER_SECONDS = 30;

export default defineApiJourney({
  name: 'generate a schedule over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  mutates: true,
  async run(tools) {
    const { api, check, think } = tools;
    const { data: user } = await api.request(auth.me);
    const before = await pendingDrafts(api);
    const claim = await claimWeek(tools, before);
    if (!claim) {
      check('no free week', true);
      return;
    }
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
  const { api, check, think } = tools;
  let outcome: 'unknown' | 'draft' | 'refused' = 'unknown';
  await thenCleanUp(
    async () => {
      const answer = await generate(tools, week, situation);
      outcome = answer === undefined || answer.status === 409 ? 'refused' : 'draft';
      if (answer?.status === 409) check('another run is in progress', true);
      if (outcome !== 'draft' || !answer) return;
      check('a draft is created', answer.data.status === 'draft', `status ${answer.data.status}`);
      await think();
    },
    async () => {
      if (outcome === 'refused') return;
      const created = (await pendingDrafts(api, true)).filter((draft) => isOwn(draft, week, situation));
      for (const { id } of created) await api.request(drafts.discard, { params: { id }, cleanup: true });
      if (outcome === 'draft') check('the draft is listed', created.length > 0);
    },
  );
}

/** undefined: somebody has put a draft over the week in the meantime, which the target answers with 500. */
async function generate({ api, check, data }: ApiJourneyTools, week: DateRange, situation: Situation) {
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
    check('another draft is pending', true);
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
