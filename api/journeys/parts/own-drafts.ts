import type { DateRange } from '../../../fixtures/data/dates.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as auth from '../../operations/auth.ts';
import * as drafts from '../../operations/drafts.ts';
import { pendingDrafts } from './own-week.ts';

type Api = HttpJourneyTools['api'];

/** What was there before a generation: which draft is its own is known by that. */
export interface Situation {
  userId: string;
  /** Drafts that were pending before. */
  before: readonly drafts.Draft[];
}

export async function situationNow(api: Api): Promise<Situation> {
  const { data: user } = await api.request(auth.me);
  return { userId: user.id, before: await pendingDrafts(api) };
}

/** Whether this session made the draft: it is new, of this range, and of this user as far as the target tells. */
export function isOwn(draft: drafts.Draft, range: DateRange, { userId, before }: Situation): boolean {
  const creator = draft.created_by ?? draft.created_by_id;
  return (
    !before.some(({ id }) => id === draft.id) &&
    draft.target_start_date === range.start &&
    draft.target_end_date === range.end &&
    (!creator || creator === userId)
  );
}

export async function ownDrafts(
  api: Api,
  range: DateRange,
  situation: Situation,
  cleanup = false,
): Promise<drafts.Draft[]> {
  return (await pendingDrafts(api, cleanup)).filter((draft) => isOwn(draft, range, situation));
}

export async function discard(api: Api, found: readonly drafts.Draft[], cleanup = false): Promise<void> {
  for (const { id } of found) await api.request(drafts.discard, { params: { id }, cleanup });
}
