import { isSomebodyAbsentThroughout, type Leave } from '../../fixtures/data/absent-throughout.ts';
import {
  addDays,
  type DateRange,
  FROZEN_DAYS,
  overlaps,
  spanOf,
  wholeWeeks,
} from '../../fixtures/data/dates.ts';
import type { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';
import { blockDays, removeAll } from './target-rows.ts';

/** How much longer than the pages' server a generation may take at most. */
const LATER_MS = 60_000;
/** The most that a list of absences gives at a time. */
const PAGE_SIZE = 500;

interface DraftRow {
  id: string;
  status: string;
  target_start_date: string;
  target_end_date: string;
  /** Id of the user who made it, as far as the target tells. */
  created_by?: string | null;
  created_by_id?: string | null;
}

/** Drafts of schedules, and the weeks that one can be generated for. */
export class TargetDrafts {
  readonly #api: ApiBehindPage;

  constructor(api: ApiBehindPage) {
    this.#api = api;
  }

  /**
   * Whole weeks (Monday to Sunday) of the target's own blocks, far enough ahead, over which no draft is pending; `free`: those
   * of them on some day of which each resident is there.
   */
  async weeksToGenerate(today: string): Promise<{ weeks: DateRange[]; free: DateRange[] }> {
    const first = addDays(today, FROZEN_DAYS);
    const days = await blockDays(this.#api, first);
    const pending = await this.#pendingDrafts();
    const weeks = wholeWeeks(days, first).filter(
      (week) => !pending.some((draft) => overlaps(rangeOf(draft), week)),
    );
    const leave = await this.#leaveOfResidents(spanOf(days));
    return { weeks, free: weeks.filter((week) => !isSomebodyAbsentThroughout(week, leave)) };
  }

  async isResidentAbsentThroughout(range: DateRange): Promise<boolean> {
    return isSomebodyAbsentThroughout(range, await this.#leaveOfResidents(range));
  }

  async #leaveOfResidents(days: DateRange | undefined): Promise<Leave[]> {
    if (!days) return [];
    const { items } = await this.#api.get<{ items: Array<{ id: string }> }>('/people/residents');
    const ids = new Set(items.map(({ id }) => id));
    const leave: Leave[] = [];
    // A target that gives the same page for ever does not keep a journey.
    for (let page = 1, seen = 0, total = 1; seen < total; page += 1) {
      const found = await this.#api.get<{ items: Leave[]; total: number }>(
        `/absences?start_date=${days.start}&end_date=${days.end}&page=${page}&page_size=${PAGE_SIZE}`,
      );
      leave.push(...found.items.filter(({ person_id }) => ids.has(person_id)));
      seen += found.items.length;
      total = found.items.length === 0 ? 0 : found.total;
    }
    return leave;
  }

  /** Whether a draft of just these days that the user made is pending. */
  async has(range: DateRange): Promise<boolean> {
    return (await this.#ownDraftsOf(range)).length > 0;
  }

  /** As `has`, for one that may be made later: the pages' server gives up while the solver goes on. */
  async hasLater(range: DateRange): Promise<boolean> {
    return this.#api.lookUntilFound(() => this.has(range), LATER_MS);
  }

  /** The user's own pending draft of just these days, for days that had none before; nobody else's is touched. */
  async discard(range: DateRange): Promise<void> {
    await removeAll(this.#api, () => this.#ownDraftsOf(range), '/schedules/drafts');
  }

  /** Somebody else may have made one since the days were chosen. A draft without a maker is taken for the user's. */
  async #ownDraftsOf(range: DateRange): Promise<DraftRow[]> {
    const drafts = (await this.#pendingDrafts()).filter((draft) => {
      const { start, end } = rangeOf(draft);
      return start === range.start && end === range.end;
    });
    if (drafts.length === 0) return [];
    const me = await this.#api.get<{ id: string }>('/auth/me');
    return drafts.filter(({ created_by, created_by_id }) => {
      const maker = created_by ?? created_by_id;
      return !maker || maker === me.id;
    });
  }

  async #pendingDrafts(): Promise<DraftRow[]> {
    const { items } = await this.#api.get<{ items: DraftRow[] }>(
      '/schedules/drafts?page=1&page_size=100&status=draft',
    );
    return items;
  }
}

function rangeOf({ target_start_date: start, target_end_date: end }: DraftRow): DateRange {
  return { start, end };
}
