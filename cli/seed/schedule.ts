/**
 * Who works when: as the embedded scheduler's data have it (fixtures/scheduler/server/seed-schedule.ts). It depends on
 * names and dates alone, so that the same command wants the same again.
 */
import { addDays, type DateRange, mondayOf, weekday } from '../../fixtures/data/dates.ts';

const WEEKS = 16;
const WEEK_MS = 7 * 86_400_000;
/** So that each faculty member can offer several weeks for a swap, of the fourteen that lie ahead. */
const FMIT_WEEKS_EACH = 4;
const WEEKS_AHEAD = 14;
/** From today; what is nearer is frozen. */
const FIRST_ABSENCE = 10;
const ABSENCE_DAYS = 4;
/** Absences begin within this many days. */
const ABSENCES_WITHIN = 60;

export type Half = 'AM' | 'PM';

/** Half a day of one person, known by the user name. */
export interface Slot {
  username: string;
  date: string;
  half: Half;
  rotation: 'clinic' | 'fmit';
}

export interface Away {
  username: string;
  start: string;
  end: string;
}

/** From the Monday of the week before today's. */
export function calendarOf(today: string): DateRange {
  const start = addDays(mondayOf(today), -7);
  return { start, end: addDays(start, WEEKS * 7 - 1) };
}

export function daysOf({ start, end }: DateRange): string[] {
  const days: string[] = [];
  for (let date = start; date <= end; date = addDays(date, 1)) days.push(date);
  return days;
}

/** @param residents @param faculty user names, in order */
export function slotsOf(residents: readonly string[], faculty: readonly string[], days: DateRange): Slot[] {
  return daysOf(days).flatMap((date) => [
    ...residents.flatMap((username, index) => clinicOn(username, index + 1, date)),
    ...fmitOn(faculty, date),
  ]);
}

function clinicOn(username: string, number: number, date: string): Slot[] {
  const slot = (half: Half): Slot => ({ username, date, half, rotation: 'clinic' });
  if (weekday(date) < 5) return [slot('AM'), slot('PM')];
  // Every fourth works half of each weekend day too: seven days a week, which breaks 1-in-7.
  return number % 4 === 1 ? [slot('AM')] : [];
}

/** The first of a week's team is there all week, the others on weekday mornings. */
function fmitOn(faculty: readonly string[], date: string): Slot[] {
  if (faculty.length === 0) return [];
  const size = Math.min(faculty.length, Math.ceil((FMIT_WEEKS_EACH * faculty.length) / WEEKS_AHEAD));
  const week = Math.round(Date.parse(`${mondayOf(date)}T00:00:00Z`) / WEEK_MS);
  return Array.from({ length: size }, (_, place) => {
    const username = faculty[(week * size + place) % faculty.length] as string;
    const halves: Half[] = place === 0 ? ['AM', 'PM'] : weekday(date) < 5 ? ['AM'] : [];
    return halves.map((half): Slot => ({ username, date, half, rotation: 'fmit' }));
  }).flat();
}

export function absencesOf(residents: readonly string[], count: number, today: string): Away[] {
  return residents.slice(0, count).map((username, index) => {
    const start = addDays(today, FIRST_ABSENCE + (index % ABSENCES_WITHIN));
    return { username, start, end: addDays(start, ABSENCE_DAYS - 1) };
  });
}

/** The days as few ranges as possible. @param days in order */
export function rangesOf(days: readonly string[]): DateRange[] {
  const ranges: DateRange[] = [];
  for (const day of days) {
    const last = ranges.at(-1);
    if (last && addDays(last.end, 1) === day) last.end = day;
    else ranges.push({ start: day, end: day });
  }
  return ranges;
}
