import { addDays, type DateRange, spanOf } from '../../fixtures/data/dates.ts';
import type { Absence } from '../../fixtures/data/generate.ts';
import type { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';
import { TargetDrafts } from './target-drafts.ts';
import { blockDays, removeAll } from './target-rows.ts';

const ABSENCES_SHOWN = 100;

interface PersonRow {
  id: string;
  name: string;
  specialties?: string[] | null;
  pgy_level?: number | null;
}

interface UserRow {
  id: string;
  email: string;
  is_active: boolean;
}

interface CallRow {
  id: string;
  date: string;
  person_id: string;
}

/** What a journey prepares, reads back and clears away through the API, because no page offers it. */
export class TargetApi {
  readonly drafts: TargetDrafts;
  readonly #api: ApiBehindPage;

  constructor(api: ApiBehindPage) {
    this.#api = api;
    this.drafts = new TargetDrafts(api);
  }

  /** The days to come that the target has a calendar of; undefined when it has none. */
  async calendar(today: string): Promise<DateRange | undefined> {
    return spanOf(await blockDays(this.#api, today));
  }

  async remove(path: string): Promise<void> {
    await this.#api.remove(path);
  }

  /** Absences of its days whose note begins as its own; there may be none. */
  async removeAbsence(absence: Absence): Promise<void> {
    await removeAll(this.#api, () => this.#absencesLike(absence), '/absences');
  }

  /** The note of the absence as the target has it; undefined: it has no such absence. */
  async storedNote(absence: Absence): Promise<string | null | undefined> {
    return (await this.#absencesLike(absence))[0]?.notes;
  }

  async #absencesLike({ notes, startDate, endDate }: Absence) {
    // A target may have more absences than a page of the list holds: those of a few days fit.
    const { items } = await this.#api.get<{ items: Array<{ id: string; notes: string | null }> }>(
      `/absences?start_date=${startDate}&end_date=${endDate}&page_size=500`,
    );
    return items.filter((row) => row.notes?.startsWith(notes));
  }

  /**
   * Whether the page's list has room for one more: it shows the first hundred by date
   * (docs/contract/ui.md §4.8).
   */
  async isAbsenceListed(): Promise<boolean> {
    const { total } = await this.#api.get<{ total: number }>('/absences?page_size=1');
    return total < ABSENCES_SHOWN;
  }

  /** People of this name; there may be none. */
  async removePerson(name: string): Promise<void> {
    await removeAll(this.#api, () => this.#peopleNamed(name), '/people');
  }

  /** The person as the target has it; undefined: it has none of this name. */
  async storedPerson(name: string): Promise<PersonRow | undefined> {
    return (await this.#peopleNamed(name))[0];
  }

  async #peopleNamed(name: string): Promise<PersonRow[]> {
    const { items } = await this.#api.get<{ items: PersonRow[] }>('/people');
    return items.filter((row) => row.name === name);
  }

  /** Users with this e-mail address; there may be none. */
  async removeUser(email: string): Promise<void> {
    await removeAll(this.#api, () => this.#usersWith(email), '/admin/users');
  }

  /** The user as the target has it; undefined: it has none with this address. */
  async storedUser(email: string): Promise<UserRow | undefined> {
    return (await this.#usersWith(email))[0];
  }

  async #usersWith(email: string): Promise<UserRow[]> {
    const { items } = await this.#api.get<{ items: UserRow[] }>(
      `/admin/users?search=${encodeURIComponent(email)}`,
    );
    return items.filter((row) => row.email === email);
  }

  /** Whether the user's own requests for a swap, open or answered, have one that gives this week away. */
  async hasSwapRequest(week: string): Promise<boolean> {
    type Row = { week_to_give?: string | null };
    const mine = await this.#api.get<{ outgoing_requests: Row[]; recent_swaps: Row[] }>('/portal/my/swaps');
    return [...mine.outgoing_requests, ...mine.recent_swaps].some(
      ({ week_to_give }) => week_to_give === week,
    );
  }

  /** Id of the first faculty member of this name. @throws where there is none */
  async facultyNamed(name: string): Promise<string> {
    const { items } = await this.#api.get<{ items: PersonRow[] }>('/people/faculty');
    const found = items.find((person) => person.name === name);
    if (!found)
      throw new Error(`${name}: /people/faculty has nobody of that name, though the page offers it`);
    return found.id;
  }

  /** Days of the range on which nobody has call. */
  async daysWithoutCall({ start, end }: DateRange): Promise<string[]> {
    const calls = await this.#calls({ start, end });
    const taken = new Set(calls.map(({ date }) => date));
    const days: string[] = [];
    for (let day = start; day <= end; day = addDays(day, 1)) if (!taken.has(day)) days.push(day);
    return days;
  }

  /** This person's calls of a day that had none before: somebody else's, entered in the meantime, are left. */
  async removeCallOf(personId: string, day: string): Promise<void> {
    await removeAll(this.#api, () => this.#callsOf(personId, day), '/call-assignments');
  }

  async hasCallOf(personId: string, day: string): Promise<boolean> {
    return (await this.#callsOf(personId, day)).length > 0;
  }

  async #callsOf(personId: string, day: string): Promise<CallRow[]> {
    const calls = await this.#calls({ start: day, end: day });
    return calls.filter(({ person_id }) => person_id === personId);
  }

  async #calls({ start, end }: DateRange): Promise<CallRow[]> {
    const { items } = await this.#api.get<{ items: CallRow[] }>(
      `/call-assignments?start_date=${start}&end_date=${end}&limit=500`,
    );
    return items;
  }

  /** The settings as they are, whole: what they must become again. */
  async settings(): Promise<object> {
    return this.#api.get<object>('/settings');
  }

  async restoreSettings(settings: object): Promise<void> {
    await this.#api.send('POST', '/settings', settings);
  }
}
