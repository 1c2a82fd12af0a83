/** `npx loadtest clean`: takes away what earlier runs left on a target. */
import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Leftover } from '../analysis/summary/summary.ts';
import { ApiFailure } from '../api/client/failure.ts';
import { type Environment, handDown, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { FAILED, PASSED } from '../config/exit-codes.ts';
import { guarded } from '../config/production-guard.ts';
import { type Account, loadAccounts } from '../fixtures/accounts.ts';
import { checkTarget } from '../measure/target/probe.ts';
import { unrecordedClient } from '../runner/preflight/unrecorded-client.ts';
import { type Command, onlyOptionsOf } from './command.ts';
import { type Cleaned, cleanTarget, declineSwaps } from './leftovers.ts';

const clean: Command = {
  about: 'removes what runs left behind on a target, and lists what cannot be removed',
  help: `npx loadtest clean --environment <name> [--run <directory>] [--dry-run]

Removes from the target what carries the prefix of the suite's data (perf-<time of a run>-…), and what the
leftovers.json of earlier runs on that target names. Open swap requests are declined by the colleague they went to,
where the file has that account. What the API cannot remove is listed.

  --environment <name>  entry of config/environments.yml; default: as ENVIRONMENT and BASE_URL say
  --run <directory>     reads this run's leftovers.json only; default: of all runs in REPORTS_DIR
  --dry-run             says what would be removed, and removes nothing

Exit code: 0 nothing removable is left, 1 something could not be removed, 2 wrong use, 4 target unreachable.

Example: npx loadtest clean --environment staging --dry-run`,

  async run(words) {
    const values = onlyOptionsOf('clean', words, {
      environment: { type: 'string' },
      run: { type: 'string' },
      'dry-run': { type: 'boolean' },
    });
    if (values.environment) handDown({ ENVIRONMENT: values.environment });
    const environment = await guarded(readEnvironment());
    const { baseUrl, apiUrl, accountsFile, mayChange } = environment;
    if (!baseUrl || !apiUrl)
      throw new ConfigError(
        'loadtest clean: the embedded scheduler forgets everything when its run ends: nothing to clean; name another --environment, or set BASE_URL',
      );
    if (mayChange.length === 0)
      throw new ConfigError(
        `loadtest clean: nothing may be changed on ${environment.environment} (mayChange in config/environments.yml), so no run has left anything there`,
      );
    const accounts = accountsFile ? loadAccounts(accountsFile) : [];
    const admin = accounts.find(({ role }) => role === 'admin');
    if (!admin)
      throw new ConfigError(
        `loadtest clean: needs an account of role admin; add one to ${accountsFile ?? 'ACCOUNTS_FILE'}`,
      );
    await checkTarget(baseUrl, apiUrl, undefined, environment.insecureTls);
    const told = leftoversOf(values.run ? [resolve(values.run)] : runsIn(environment.reportsDir), baseUrl);
    const api = unrecordedClient('clean', 'admin', { apiUrl, insecureTls: environment.insecureTls });
    try {
      await api.signIn(admin.username, admin.password);
      const dryRun = values['dry-run'] === true;
      const cleaned = await cleanTarget(api, told, { dryRun });
      await declineOpenSwaps(cleaned, environment, accounts, dryRun);
      const { removed, failed, kept } = cleaned;
      const verb = values['dry-run'] ? 'would remove' : 'removed';
      for (const { what, name } of removed) console.log(`${verb} ${what}: ${name}`);
      for (const { what, name, why } of failed) console.log(`could not remove ${what}: ${name} (${why})`);
      for (const { what, name, why } of kept) console.log(`stays ${what}: ${name} (${why})`);
      console.log(`${verb} ${removed.length}, could not remove ${failed.length}, ${kept.length} stay`);
      return failed.length === 0 ? PASSED : FAILED;
    } finally {
      await api.signOut().catch(() => undefined); // what was to be done is done
      await api.close();
    }
  },
};

export default clean;

/** Signs in as one faculty member after the other, until no request of the suite is open or the target has enough. */
async function declineOpenSwaps(
  cleaned: Cleaned,
  { apiUrl = '', insecureTls }: Environment,
  accounts: readonly Account[],
  dryRun: boolean,
): Promise<void> {
  for (const { role, username, password } of accounts) {
    if (role !== 'faculty' || !cleaned.kept.some(({ request }) => request)) continue;
    const colleague = unrecordedClient('clean', role, { apiUrl, insecureTls });
    try {
      await colleague.signIn(username, password);
      const declined = await declineSwaps(colleague, cleaned, dryRun);
      cleaned.kept = cleaned.kept.filter((one) => !declined.includes(one));
      cleaned.removed.push(...declined.map(({ what, name }) => ({ what: `${what} (declined)`, name })));
      await colleague.signOut();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      console.log(`not looked at as ${username}: ${error.message}`);
      if (error.status === 429) return; // the target counts sign-ins: what is left is listed
    } finally {
      await colleague.close();
    }
  }
}

function runsIn(reportsDir: string): string[] {
  return globSync('*/leftovers.json', { cwd: reportsDir }).map((file) => join(reportsDir, file, '..'));
}

/** What the runs on this target say they left. */
function leftoversOf(runs: string[], baseUrl: string): Leftover[] {
  return runs.flatMap((run) => {
    const file = join(run, 'leftovers.json');
    let content: { target?: string; leftovers?: Leftover[] };
    try {
      content = JSON.parse(readFileSync(file, 'utf8'));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      throw new ConfigError(
        `${file}: ${code === 'ENOENT' ? 'there is none: that run left nothing, or is no run directory' : 'cannot be read'}; name another --run`,
      );
    }
    return content.target === baseUrl ? (content.leftovers ?? []) : [];
  });
}
