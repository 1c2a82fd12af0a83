/** What `npx loadtest seed` says of its work, beforehand, meanwhile and afterwards. */
import { duration, plural, thousands } from '../../analysis/format.ts';
import { REGISTRATIONS } from '../accounts/pace.ts';
import { AT_A_TIME, type Progress } from './fill.ts';
import type { Plan } from './plan.ts';
import { daysOf } from './schedule.ts';

/** A password hash takes a stock target a quarter of a second (docs/contract/api.md §1.7), a write less. */
const SECONDS = { account: 0.5, batch: 3, day: 0.1, absence: 0.2 };
const PROGRESS_EVERY_MS = 5000;

/** `about 13 min`: three accounts a minute where the target counts them. */
export function timeFor({ accounts, slots, days, absences }: Plan, isPaced: boolean): string {
  const users = accounts.filter(({ needsUser }) => needsUser).length;
  const windows = Math.floor(Math.max(0, users - 1) / REGISTRATIONS.limit);
  const registering = isPaced ? (windows * REGISTRATIONS.windowMs) / 1000 : users * SECONDS.account;
  const rest =
    Math.ceil(slots.length / AT_A_TIME) * SECONDS.batch +
    days.flatMap(daysOf).length * SECONDS.day +
    absences.length * SECONDS.absence;
  const seconds = Math.max(1, Math.ceil(registering + rest));
  const rounded = seconds < 90 ? seconds : Math.ceil(seconds / 60) * 60;
  const limit = isPaced && users > REGISTRATIONS.limit ? ' (it takes three accounts a minute)' : '';
  return `in about ${duration(rounded)}${limit}`;
}

/** A line for each kind. */
export function contentsOf(plan: Plan): string[] {
  const { accounts, needsClinic, needsFmit, days, slots, absences } = plan;
  const of = (role: string) => accounts.filter(({ account }) => account.role === role).length;
  const roles = ['resident', 'faculty', 'coordinator', 'admin'].filter((role) => of(role) > 0);
  const persons = accounts.filter(({ needsPerson }) => needsPerson).length;
  const users = accounts.filter(({ needsUser }) => needsUser).length;
  const rotations = Number(needsClinic) + Number(needsFmit);
  const blocks = days.flatMap(daysOf).length * 2;
  return [
    accounts.length > 0 &&
      `${plural(users, 'account')} and ${plural(persons, 'person', 'people')}: ${roles.map((role) => `${of(role)} ${role}`).join(', ')}`,
    rotations > 0 && plural(rotations, 'rotation'),
    blocks > 0 &&
      `${plural(blocks, 'block')} for ${days.map(({ start, end }) => `${start} to ${end}`).join(', ')}`,
    slots.length > 0 && plural(slots.length, 'assignment'),
    absences.length > 0 && plural(absences.length, 'absence'),
  ].filter((line) => line !== false);
}

/** A line at most each five seconds, and one when a kind is done. */
export function progressLines(now: () => number = Date.now): Progress {
  let last = now();
  return (what, done, of) => {
    if (done < of && now() - last < PROGRESS_EVERY_MS) return;
    last = now();
    console.log(`${what}: ${thousands(done)} of ${thousands(of)}`);
  };
}

/** What no request of the API makes. */
export function leftToDo(): string[] {
  return [
    'The API cannot make:',
    '  - half-day assignments: only the generation of a schedule does, for everybody; generate one and publish it where they matter',
    '  - calls: writing them fails on the application (docs/contract/api.md §8 no. 13)',
    '  - users.person_id: set it in the database if notifications of these users matter to you',
  ];
}
