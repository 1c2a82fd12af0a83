/** `npx loadtest clean`. */

import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Leftover } from '../../analysis/summary/summary.ts';
import { ApiFailure } from '../../api/client/failure.ts';
import type { Environment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, INTERRUPTED, PASSED } from '../../config/exit-codes.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { type Account, loadAccounts } from '../../fixtures/accounts.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import { checkTarget } from '../../measure/target/probe.ts';
import { noteSignIn } from '../../measure/target/unpaced-sign-ins.ts';
import { clientUntilAborted } from '../../runner/client-until-aborted.ts';
import { signInPatiently } from '../../runner/preflight/sign-in-patiently.ts';
import { unrecordedClient } from '../../runner/preflight/unrecorded-client.ts';
import { interruptible } from '../../runner/signals.ts';
import { type TargetValues, targetEnvironment } from '../target-options.ts';
import { type Cleaned, cleanTarget, declineSwaps } from './clean-target.ts';

interface Options extends TargetValues {
  /** Directory of the run whose leftovers are removed; those of all runs where absent. */
  run?: string;
  dryRun: boolean;
}

/** Removes what runs left behind. Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function cleanRuns({ run, dryRun, ...values }: Options): Promise<number> {
  const environment = await targetEnvironment(values);
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
  await checkTarget(baseUrl, apiUrl, undefined, environment.insecureTls, environment.basicAuth);
  const told = leftoversOf(run ? [resolve(run)] : runsIn(environment.reportsDir), baseUrl);
  const api = unrecordedClient('clean', 'admin', { apiUrl, insecureTls: environment.insecureTls });
  try {
    noteSignIn(apiUrl, environment.cacheDir);
    await signInPatiently(api, admin);
    const cleaned = await interruptible(async (signal) => {
      const found = await cleanTarget(clientUntilAborted(api, signal), told, { dryRun });
      await declineOpenSwaps(found, environment, accounts, { dryRun, signal });
      return { ...found, isInterrupted: found.isInterrupted || signal.aborted };
    });
    list(cleaned, dryRun);
    if (cleaned.isInterrupted) return INTERRUPTED;
    return cleaned.failed.length === 0 ? PASSED : FAILED;
  } catch (error) {
    if (!isInterruption(error)) throw error;
    console.error('loadtest clean: interrupted. Nothing was removed.');
    return INTERRUPTED;
  } finally {
    await api.signOut().catch(() => undefined); // what was to be done is done
    await api.close();
  }
}

function list({ removed, failed, kept, isInterrupted }: Cleaned, dryRun: boolean): void {
  const verb = dryRun ? 'would remove' : 'removed';
  for (const { what, name } of removed) console.log(`${verb} ${what}: ${name}`);
  for (const { what, name, why } of failed) console.log(`could not remove ${what}: ${name} (${why})`);
  for (const { what, name, why } of kept) console.log(`kept ${what}: ${name} (${why})`);
  console.log(`${verb} ${removed.length}, could not remove ${failed.length}, kept ${kept.length}`);
  if (isInterrupted) console.error('loadtest clean: interrupted. The same command removes the rest.');
}

/** Signs in as one faculty member after the other, until no request of the suite is open or the target has enough. */
async function declineOpenSwaps(
  cleaned: Cleaned,
  { apiUrl = '', insecureTls, cacheDir }: Environment,
  accounts: readonly Account[],
  { dryRun, signal }: { dryRun: boolean; signal: AbortSignal },
): Promise<void> {
  for (const { role, username, password } of accounts) {
    if (signal.aborted) return;
    if (role !== 'faculty' || !cleaned.kept.some(({ request }) => request)) continue;
    const colleague = unrecordedClient('clean', role, { apiUrl, insecureTls });
    try {
      noteSignIn(apiUrl, cacheDir);
      await colleague.signIn(username, password);
      const declined = await declineSwaps(colleague, cleaned, dryRun);
      cleaned.kept = cleaned.kept.filter((one) => !declined.includes(one));
      cleaned.removed.push(...declined.map(({ what, name }) => ({ what: `${what} (declined)`, name })));
      await colleague.signOut();
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      console.log(`not checked as ${username}: ${error.message}`);
      if (error.status === TOO_MANY_REQUESTS) return; // the target counts sign-ins: what is left is listed
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
        `${file}: ${code === 'ENOENT' ? 'not found: the run left nothing behind or is not a run directory' : 'cannot be read'}; pass a different --run`,
      );
    }
    return content.target === baseUrl ? (content.leftovers ?? []) : [];
  });
}
