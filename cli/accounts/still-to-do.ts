import type { Account } from '../../fixtures/accounts.ts';
import { isMadeByUs } from './new-account.ts';

/** What the accounts just made still lack, which only an admin can give them: a line each. */
export function stillToDo(made: readonly Account[], mayMakePeople: boolean): string[] {
  const of = (role: Account['role']) =>
    made.filter((account) => account.role === role && isMadeByUs(account)).length;
  const residents = of('resident');
  const faculty = of('faculty');
  const persons = residents + faculty;
  const lines: string[] = [];
  if (persons > 0 && !mayMakePeople)
    lines.push(
      `${persons} of them need a person with the same e-mail address (loadtest-…@example.com), and people may not be changed here: add them under People`,
    );
  if (residents > 0)
    lines.push(
      `${residents} residents are on no schedule: "My Schedule" says so and journeys go on; generate and publish one for full pages`,
    );
  if (faculty > 0)
    lines.push(
      `${faculty} faculty have no weeks of the rotation FMIT: journeys that swap one end early; assign them weeks ahead`,
    );
  if (persons > 0)
    lines.push(
      'no endpoint sets users.person_id: set it in the database if notifications of these users matter to you',
    );
  return [
    'An admin must still do:',
    ...(lines.length > 0 ? lines : ['nothing']).map((line) => `  - ${line}`),
    '`npx loadtest clean` leaves them alone; to be rid of them, delete them in User Management (and People) by their prefix loadtest-',
  ];
}
