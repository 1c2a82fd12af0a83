/** A run of audits: one after the other, each user in a browser of its own. */
import type { Environment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { type AccountRole, ROLES, type Role } from '../config/roles.ts';
import type { Account } from '../fixtures/accounts.ts';
import { concludeRun } from '../runner/conclude-run.ts';
import { openRun } from '../runner/open-run.ts';
import { RunEnding } from '../runner/run-ending.ts';
import { checkAuditBrowser } from './audit-browser.ts';
import { auditSession } from './audit-session.ts';
import { type Chosen, checkAllowed } from './choose.ts';
import { busyWarning } from './idle-cores.ts';
import { auditJourneys } from './journeys-of-run.ts';
import { AuditKeeper } from './kept-audit.ts';
import { ignoreLeftPolls } from './lost-browser.ts';
import { auditPages } from './pages-of-run.ts';
import { Progress } from './progress.ts';
import type { AuditSettings } from './settings.ts';

/** Also the profile. */
const PROFILE = 'audit';

/** Gives the exit code. @throws ConfigError, TargetUnreachable, NotBegun */
export async function runAudits(
  chosen: Chosen,
  settings: AuditSettings,
  environment: Environment,
): Promise<number> {
  const stopping = new AbortController();
  const roles = rolesOf(chosen);
  const warning = await busyWarning();
  const run = await openRun({
    runner: 'audit',
    profiles: [PROFILE],
    // What slows pages down is Lighthouse's to say.
    environment: { ...environment, throttle: undefined },
    check: async (guarded) => {
      checkAllowed(chosen, guarded.mayChange, guarded.environment);
      await checkAuditBrowser(guarded);
      return guarded;
    },
    accounts: {
      checkFile: (accounts, file) => roles.forEach((role) => void accountOf(role, accounts, file)),
      checkEmbedded: (accounts) => {
        for (const role of roles) accountOf(role, accounts);
        return undefined;
      },
      uses: () => new Map(roles.flatMap((role) => (role === 'visitor' ? [] : [[role as AccountRole, 1]]))),
    },
    notes: [chosen.note, warning].filter((note) => note !== undefined),
    hasBrowser: true,
    ending: new RunEnding({ stop: () => stopping.abort() }),
  });
  const { repeats } = settings;
  const keeper = new AuditKeeper(run.recorder, run.runDir, settings.formFactor);
  const progress = new Progress((chosen.pages.length + chosen.journeys.length) * repeats);
  const session = auditSession(run, stopping.signal);
  const endIgnoring = ignoreLeftPolls();
  const work = { run, settings, keeper, progress, session, signal: stopping.signal };
  try {
    for (const role of roles) {
      const account = accountOf(role, run.accounts);
      await auditPages({ ...work, role, account, pages: chosen.pages.filter((page) => page.role === role) });
    }
    for (const journey of chosen.journeys) {
      await auditJourneys({ ...work, journey, account: accountOf(journey.role, run.accounts) });
    }
  } catch (error) {
    await run.close();
    run.ending.close();
    throw error;
  }
  return concludeRun(run).finally(endIgnoring);
}

function rolesOf({ pages, journeys }: Chosen): Role[] {
  const used = new Set([...pages, ...journeys].map(({ role }) => role));
  return ROLES.filter((role) => used.has(role));
}

/** A visitor has none. @throws {ConfigError} */
function accountOf(role: Role, accounts: readonly Account[], file = 'ACCOUNTS_FILE'): Account | undefined {
  const account = accounts.find((one) => one.role === role);
  if (account || role === 'visitor') return account;
  throw new ConfigError(`loadtest audit: needs an account of role ${role}. Add one to ${file}.`);
}
