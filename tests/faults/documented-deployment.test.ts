/**
 * README's and the documents' commands for a real deployment, typed as they stand there: against a stand-in with the limits of a
 * stock deployment, its API on an origin of its own, and the accounts file that README shows. Only addresses and names of
 * files and users are others.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { FAILED, INVALID, PASSED } from '../../config/exit-codes.ts';
import { variables } from '../../config/variables.ts';
import { type Account, parseAccounts } from '../../fixtures/accounts.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { finishedRun, temporaryFolder, writeAccounts } from '../artillery/suite-process.ts';
import { documentedAccounts, documentedCommands } from '../cli/documented.ts';

let scheduler: EmbeddedScheduler;
before(async () => {
  const settings = { SCHEDULER_RATE_LIMITS: 'on', SCHEDULER_API_PORT: '0', SCHEDULER_PASSWORD_COST_MS: '10' };
  scheduler = await startEmbeddedScheduler({ size: 'medium', settings });
});
after(() => scheduler?.stop());

/** How a command shows that it works, where all of it takes too long: then it is interrupted. Others run to their end. */
const WORKS: Array<[command: RegExp, shows: RegExp]> = [
  [/artillery\/load\.yml/, /^ramp up: \d+ s, \d+ sessions$/m],
  [/playwright test/, /^ +(?:✓|ok) +\d+ \[perf\]/m],
  [/accounts create/, /^made /m],
  [/seed .*--size \w+ --file \S+$/, /^accounts: \d+ of \d+$/m],
];
const ENDS_WITHIN_MS = 400_000;

const forDeployments = documentedCommands().filter(
  ({ text, settings }) =>
    settings.BASE_URL || settings.STAGING_URL || settings.ENVIRONMENT || text.includes('--environment'),
);

test('there are some for each way to run', () => {
  for (const way of ['artillery run', 'playwright test', 'doctor', 'accounts create'])
    assert.ok(
      forDeployments.some(({ text }) => text.includes(way)),
      way,
    );
});

for (const { page, text } of forDeployments)
  test(`${page}: ${text}`, async (t) => {
    const folder = temporaryFolder(t);
    const reports = join(folder, 'reports');
    const accounts = writeAccounts(folder, accountsFor(text));
    const typed = new Typed(t, asTyped(text, accounts), {
      BASE_URL: scheduler.url,
      API_URL: scheduler.apiUrl,
      ACCOUNTS_FILE: accounts,
      REPORTS_DIR: reports,
    });
    const [, shows] = WORKS.find(([command]) => command.test(text)) ?? [];
    if (shows) {
      await typed.until(shows);
      typed.interrupt();
      await typed.ended;
      return;
    }
    const code = await typed.ended;
    if (!text.includes('artillery')) {
      assert.equal(code, 0, typed.output);
      return;
    }
    // A busy machine breaks limits on times, or makes a run invalid: neither is what this is about.
    assert.ok([PASSED, FAILED, INVALID].includes(code ?? -1), typed.output);
    const { summary } = finishedRun(reports);
    assert.equal(summary.counts.requests.rateLimited, 0);
    const { started, ok } = summary.counts.sessions;
    assert.deepEqual([started > 0, ok], [true, started]);
  });

/** As many users of the stand-in of each role as README shows; all of them for a load, which says how many it needs. */
function accountsFor(text: string): Account[] {
  if (text.includes('load.yml')) return scheduler.accounts;
  const free = [...scheduler.accounts];
  return parseAccounts(documentedAccounts('Rounds-0700'), 'README.md').flatMap(({ role }) =>
    free.splice(
      free.findIndex((one) => one.role === role),
      1,
    ),
  );
}

/** With the addresses of the stand-in and the file of its users. */
function asTyped(text: string, accounts: string): string {
  return text
    .replace(/\bAPI_URL=\S+/, `API_URL=${scheduler.apiUrl}`)
    .replace(/\b((?:BASE|STAGING|PRODUCTION)_URL)=\S+/, `$1=${scheduler.url}`)
    .replace(/--file accounts\.yml/, `--file ${accounts}`)
    .replace(/\b(ACCOUNTS_FILE|(?:STAGING|PRODUCTION)_ACCOUNTS)=\S+/, `$1=${accounts}`);
}

/** A line in a shell, with what an `.env` would say beside it. */
class Typed {
  readonly #child: ChildProcess;
  readonly ended: Promise<number | null>;
  output = '';

  constructor(t: TestContext, line: string, settings: Record<string, string>) {
    const none = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, '']));
    const { CHROMIUM_PATH: _kept, ...cleared } = none;
    this.#child = spawn('sh', ['-c', line], {
      cwd: ROOT,
      env: childEnvironment({ ...cleared, FORCE_COLOR: '0', NODE_TEST_CONTEXT: undefined, ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true, // a group of its own, as in a terminal: Ctrl+C goes to all of it
    });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.on('data', (text: Buffer) => {
        this.output += text;
      });
    this.ended = new Promise((done, fail) => {
      this.#child.once('error', fail);
      this.#child.once('close', done);
    });
    const timer = setTimeout(() => this.#signal('SIGKILL'), ENDS_WITHIN_MS);
    t.after(() => {
      clearTimeout(timer);
      this.#signal('SIGKILL');
    });
  }

  interrupt(): void {
    this.#signal('SIGINT');
  }

  async until(shows: RegExp): Promise<void> {
    while (!shows.test(this.output)) {
      assert.equal(this.#child.exitCode, null, this.output);
      await wait(100);
    }
  }

  #signal(signal: NodeJS.Signals): void {
    try {
      process.kill(-(this.#child.pid as number), signal);
    } catch {
      // It is gone.
    }
  }
}
