/** `npx loadtest doctor`: one line a check. */
import { PASSED, WRONG_USE } from '../../config/exit-codes.ts';
import { loadAccounts } from '../../fixtures/accounts.ts';
import { openTarget } from '../../measure/target/target.ts';
import { accountChecks } from '../../runner/preflight/accounts.ts';
import type { Check } from '../../runner/preflight/check.ts';
import { dataChecks } from '../../runner/preflight/data.ts';
import { machineChecks } from '../../runner/preflight/machine.ts';
import { metricsChecks } from '../../runner/preflight/metrics.ts';
import { targetChecks } from '../../runner/preflight/target.ts';
import { type TargetValues, targetEnvironment } from '../target-options.ts';

const MARK = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

interface Options extends TargetValues {
  /** Accounts are tried one by one also where the target counts sign-ins. */
  everyAccount: boolean;
}

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function checkAll({ everyAccount, ...values }: Options): Promise<number> {
  let failed = 0;
  const tell = (check: Check) => {
    if (check.state === 'fail') failed += 1;
    console.log(`${MARK[check.state]}  ${check.what}: ${check.seen}${check.mend ? `; ${check.mend}` : ''}`);
  };
  const environment = await targetEnvironment(values);
  for (const check of await machineChecks(environment)) tell(check);
  const target = await openTarget(environment);
  try {
    for (const check of await targetChecks(target, environment)) tell(check);
    for (const check of await metricsChecks(environment, target)) tell(check);
    const { accountsFile } = environment;
    const accounts = accountsFile ? loadAccounts(accountsFile) : (target.accounts ?? []);
    const { checks, clients } = await accountChecks(target, environment, accounts, everyAccount);
    for (const check of checks) tell(check);
    for (const check of await dataChecks(clients)) tell(check);
    await Promise.all(Object.values(clients).map((client) => client.signOut().catch(() => undefined)));
    await Promise.all(Object.values(clients).map((client) => client.close()));
  } finally {
    await target.close();
  }
  console.log(
    failed === 0 ? 'All checks passed.' : `${failed} checks failed. Fix them before you start a run.`,
  );
  return failed === 0 ? PASSED : WRONG_USE;
}
