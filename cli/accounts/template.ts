/** `npx loadtest accounts template`: a file of accounts to fill in. */
import { chmodSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { plural } from '../../analysis/format.ts';
import { accountsNeeded, usersOf } from '../../artillery/profile/accounts-needed.ts';
import type { Plan } from '../../artillery/profile/plan.ts';
import { givenScale, planOfFile } from '../../artillery/profile/plan-of-file.ts';
import { ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { optionPath } from '../../config/path.ts';
import { FILL_IN } from '../../fixtures/accounts.ts';
import type { AccountRole } from '../../measure/run/samples.ts';
import { cannotWrite, isSeenByGit, PRIVATE } from './accounts-file.ts';

const NEEDS: Record<AccountRole, string> = {
  resident:
    'each with a person of type resident that has the user’s e-mail address; on the schedule, else "My Schedule" is empty',
  faculty:
    'each with a person of type faculty that has the user’s e-mail address; with weeks of FMIT ahead, else none can be swapped',
  coordinator: 'no person needed',
  admin: 'no person needed',
};

/** Gives the exit code. @throws {ConfigError} when the file is there already, or the profile cannot be read */
export function writeTemplate(options: { profile: string; output: string; force: boolean }): number {
  const { profile, output, force } = options;
  const plan = planOfFile(profile, givenScale());
  const path = optionPath(output);
  try {
    writeFileSync(path, templateOf(plan, output), { mode: PRIVATE, flag: force ? 'w' : 'wx' });
    chmodSync(path, PRIVATE); // of a file that was there too
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new ConfigError(cannotWrite(output, error));
    throw new ConfigError(
      `${output}: is there already, perhaps with passwords in it; name another --output, or write over it with --force`,
    );
  }
  console.log(
    `wrote ${relative(ROOT, path)}: ${numbersOf(plan)}, for ${plan.profile} with ${plural(usersOf(plan), 'concurrent user')}`,
  );
  console.log(`next: fill it in, then ACCOUNTS_FILE=${output} BASE_URL=… npx loadtest doctor`);
  if (isSeenByGit(path))
    console.log(`${output} is not ignored by git: keep it out of commits, it will hold passwords`);
  return PASSED;
}

/** `15 resident, 9 faculty`. */
export function numbersOf(plan: Plan): string {
  return [...accountsNeeded(plan)].map(([role, count]) => `${count} ${role}`).join(', ');
}

function templateOf(plan: Plan, output: string): string {
  const blocks = [...accountsNeeded(plan)].map(
    ([role, count]) =>
      `\n# ${count} of role ${role}: ${NEEDS[role]}.\n${`- { role: ${role}, username: ${FILL_IN}, password: ${FILL_IN} }\n`.repeat(count)}`,
  );
  return `# Accounts for ${plan.profile} with ${usersOf(plan)} concurrent users: ${numbersOf(plan)}.
# It holds passwords: keep it out of git, and readable by yourself only.
#
# One line an account. No two sessions use one at the same time; more accounts than needed do no harm.
#   role      admin, coordinator, faculty or resident: what the account is on the target
#   username  as typed at the sign-in (the e-mail address does not sign in)
#   password  in quotes where it holds anything but letters and digits: password: "p,:# d"
# Replace every ${FILL_IN}; a line that still has one is refused. Then try them:
#   ACCOUNTS_FILE=${output} BASE_URL=https://scheduler.test.example npx loadtest doctor
${blocks.join('')}`;
}
