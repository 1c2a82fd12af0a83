/** `npx loadtest doctor`: can this machine, this target and these accounts carry a run? One line a check. */
import { handDown, readEnvironment } from '../config/environment.ts';
import { PASSED, WRONG_USE } from '../config/exit-codes.ts';
import { guarded } from '../config/production-guard.ts';
import { loadAccounts } from '../fixtures/accounts.ts';
import { openTarget } from '../measure/target/target.ts';
import { accountChecks } from '../runner/preflight/accounts.ts';
import type { Check } from '../runner/preflight/check.ts';
import { dataChecks } from '../runner/preflight/data.ts';
import { machineChecks } from '../runner/preflight/machine.ts';
import { metricsChecks } from '../runner/preflight/metrics.ts';
import { targetChecks } from '../runner/preflight/target.ts';
import { type Command, onlyOptionsOf } from './command.ts';

const MARK = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' } as const;

const doctor: Command = {
  about: 'checks machine, target, accounts and data, and says how to mend what is wrong',
  help: `npx loadtest doctor [--environment <name>] [--allow-production]

One line a check: machine (Node, browser, disk, ports), target (reachable, version, production build, API's origin,
clock, rate limits, Prometheus endpoints), accounts (sign-in and role of each), data that journeys need. Changes nothing.

  --environment <name>  entry of config/environments.yml; default: as ENVIRONMENT and BASE_URL say
  --allow-production    needed to look at a production address
  --every-account       tries every account also where the target counts sign-ins (five a minute); else one a role

Exit code: 0 nothing fails (warnings are told), 2 something fails or is used wrongly, 4 target unreachable.

Example: BASE_URL=http://localhost:3000 API_URL=http://localhost:8000/api/v1 ACCOUNTS_FILE=accounts.yml npx loadtest doctor`,

  async run(words) {
    const values = onlyOptionsOf('doctor', words, {
      environment: { type: 'string' },
      'allow-production': { type: 'boolean' },
      'every-account': { type: 'boolean' },
    });
    if (values.environment) handDown({ ENVIRONMENT: values.environment });
    if (values['allow-production']) handDown({ ALLOW_PRODUCTION: 'true' });
    let failed = 0;
    const tell = (check: Check) => {
      if (check.state === 'fail') failed += 1;
      console.log(`${MARK[check.state]}  ${check.what}: ${check.seen}${check.mend ? `; ${check.mend}` : ''}`);
    };
    const environment = await guarded(readEnvironment());
    for (const check of await machineChecks(environment)) tell(check);
    const target = await openTarget(environment);
    try {
      for (const check of await targetChecks(target, environment)) tell(check);
      for (const check of await metricsChecks(environment, target)) tell(check);
      const { accountsFile } = environment;
      const accounts = accountsFile ? loadAccounts(accountsFile) : (target.accounts ?? []);
      const { checks, clients } = await accountChecks(
        target,
        environment,
        accounts,
        values['every-account'] === true,
      );
      for (const check of checks) tell(check);
      for (const check of await dataChecks(clients)) tell(check);
      await Promise.all(Object.values(clients).map((client) => client.signOut().catch(() => undefined)));
      await Promise.all(Object.values(clients).map((client) => client.close()));
    } finally {
      await target.close();
    }
    console.log(
      failed === 0 ? 'nothing fails' : `${failed} of the checks fail: a run would not be worth its time`,
    );
    return failed === 0 ? PASSED : WRONG_USE;
  },
};

export default doctor;
