import type { TestData } from '../../../fixtures/data/generate.ts';
import type { HttpJourneyTools } from '../../journey.ts';
import * as people from '../../operations/people.ts';
import * as portal from '../../operations/portal.ts';
import type { SwapRequest } from '../../operations/swaps.ts';

/** A week of the signed-in faculty member and a colleague who could take it. */
export interface SwapOffer {
  facultyId: string;
  week: string;
  colleagueId: string;
}

/**
 * Reads the portal and picks a future FMIT week and a colleague, different ones for each seed.
 * @param onlyFree leave out weeks that a swap has been asked for already.
 * @returns undefined when no week (or no colleague) is left.
 */
export async function swapOffer(
  api: HttpJourneyTools['api'],
  data: TestData,
  { onlyFree }: { onlyFree: boolean },
): Promise<SwapOffer | undefined> {
  const { data: mine } = await api.request(portal.mySchedule);
  const { data: faculty } = await api.request(people.faculty);
  const weeks = mine.fmit_weeks.filter(
    (week) =>
      !week.is_past &&
      week.week_start > data.today &&
      (!onlyFree || (week.can_request_swap && !week.pending_swap_request)),
  );
  const colleagues = faculty.items.filter(({ id }) => id !== mine.faculty_id);
  if (weeks.length === 0 || colleagues.length === 0) return undefined;
  return {
    facultyId: mine.faculty_id,
    week: data.random.pick(weeks).week_start,
    colleagueId: data.random.pick(colleagues).id,
  };
}

/** The colleague takes the week and gives none back. */
export function absorb(offer: SwapOffer, reason: string): SwapRequest {
  return {
    source_faculty_id: offer.facultyId,
    source_week: offer.week,
    target_faculty_id: offer.colleagueId,
    swap_type: 'absorb',
    reason,
  };
}
