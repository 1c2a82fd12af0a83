import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import type { Summary } from '../../analysis/summary/summary.ts';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { variables } from '../../config/variables.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { descendants, type ProcessId, stillRunning } from './processes.ts';

const LOOK_EVERY_MS = 200;
/** Longer than any command in a test takes: one that hangs is ended, and its test fails by its exit code. */
const HANGS_AFTER_MS = 400_000;
/** A browser’s own helpers end a moment after it, on a busy machine some seconds. */
const GONE_WITHIN_MS = 20_000;
/** No test is about how soon something comes: on a busy machine five runs that start at once took more than a minute. */
const COMES_WITHIN_MS = 240_000;

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A command of the suite, started as a user starts it, with nothing of this process's own settings. */
export class SuiteProcess {
  readonly #child: ChildProcess;
  readonly #seen = new Map<string, ProcessId>();
  readonly #timer: NodeJS.Timeout;
  readonly ended: Promise<Ended>;
  stdout = '';
  stderr = '';

  constructor(
    program: readonly string[],
    settings: Record<string, string>,
    cwd = ROOT,
    hangsAfter = HANGS_AFTER_MS,
  ) {
    const none = Object.fromEntries(Object.keys(variables.shape).map((name) => [name, '']));
    // The browser of this machine is no setting of the run.
    const { CHROMIUM_PATH: _kept, ...cleared } = none;
    this.#child = spawn(process.execPath, program, {
      cwd,
      env: childEnvironment({ ...cleared, FORCE_COLOR: '0', NODE_TEST_CONTEXT: undefined, ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: hangsAfter,
      killSignal: 'SIGKILL',
    });
    this.#child.stdout?.on('data', (text: Buffer) => {
      this.stdout += text;
    });
    this.#child.stderr?.on('data', (text: Buffer) => {
      this.stderr += text;
    });
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    this.ended = new Promise((done, fail) => {
      this.#child.once('error', fail);
      this.#child.once('close', (code, signal) => {
        clearInterval(this.#timer);
        done({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.#child.pid as number;
  }

  get output(): string {
    return this.stdout + this.stderr;
  }

  kill(signal: NodeJS.Signals): void {
    this.#look();
    this.#child.kill(signal);
  }

  /** Waits until `look` gives something; throws with the output when the process ends before, or time is up. */
  async until<T>(what: string, look: () => T | undefined | false, withinMs = COMES_WITHIN_MS): Promise<T> {
    const limit = Date.now() + withinMs;
    for (;;) {
      const found = look();
      if (found) return found;
      const over = this.#child.exitCode !== null || this.#child.signalCode !== null;
      if (over || Date.now() >= limit) throw new Error(`${what} did not come about:\n${this.output}`);
      await wait(50);
    }
  }

  /** Processes that it started and that run on after its end, by command line. */
  leftBehind(withinMs = GONE_WITHIN_MS): Promise<string[]> {
    return stillRunning([...this.#seen.values()], withinMs);
  }

  /** How many processes it was seen to start. */
  get startedProcesses(): number {
    return this.#seen.size;
  }

  #look(): void {
    for (const one of descendants(this.pid)) this.#seen.set(`${one.pid} ${one.started}`, one);
  }
}

/** A folder of the test, gone after it. */
export function temporaryFolder(context: Pick<TestContext, 'after'>): string {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface Profile {
  phases: Array<Record<string, unknown>>;
  scenarios: Array<Record<string, unknown>>;
  name?: string;
  users?: number;
  /** Options of the engine `playwright`. */
  playwright?: Record<string, unknown>;
  /** Further options of the plugin `suite`. */
  suite?: Record<string, unknown>;
}

/** Writes a profile to a folder outside of the project, whose root is `root`. Gives its path. */
export function writeProfile(folder: string, profile: Profile, root = ROOT): string {
  const { phases, scenarios, name = 'trial', users = 8, playwright = {}, suite = {} } = profile;
  const file = join(folder, 'profile.yml');
  const config = {
    target: 'http://127.0.0.1',
    processor: join(root, 'artillery/processor.mts'),
    plugins: { suite: { profile: name, users, ...suite } },
    engines: { playwright, api: {} },
    phases,
  };
  writeFileSync(file, stringify({ config, scenarios }));
  return file;
}

/** Writes an accounts file. Gives its path. */
export function writeAccounts(folder: string, accounts: readonly Account[]): string {
  const file = join(folder, 'accounts.yml');
  writeFileSync(file, stringify(accounts));
  return file;
}

/** `artillery run <profile>`. */
export function startArtillery(
  profile: string,
  settings: Record<string, string>,
  cwd = ROOT,
  hangsAfter?: number,
): SuiteProcess {
  const program = join(cwd, 'node_modules/artillery/bin/run');
  return new SuiteProcess([program, 'run', profile], settings, cwd, hangsAfter);
}

/** `loadtest run <profiles>`: all of them at once. */
export function startTogether(profiles: readonly string[], settings: Record<string, string>): SuiteProcess {
  return new SuiteProcess([join(ROOT, 'cli/loadtest.ts'), 'run', ...profiles], settings);
}

/** `playwright test --project=perf <words>`. */
export function startPerf(
  words: readonly string[],
  settings: Record<string, string>,
  cwd = ROOT,
  hangsAfter?: number,
): SuiteProcess {
  const cli = join(cwd, 'node_modules/@playwright/test/cli.js');
  return new SuiteProcess([cli, 'test', '--project=perf', ...words], settings, cwd, hangsAfter);
}

export interface FinishedRun {
  runDir: string;
  run: RunJson;
  samples: Sample[];
  summary: Summary;
  artillery: ArtilleryReport;
}

export interface ArtilleryReport {
  aggregate: {
    counters: Record<string, number>;
    summaries: Record<string, { count: number }>;
  };
}

/** The one run directory in `reports`; undefined while there is none. */
export function runDirectory(reports: string): string | undefined {
  if (!existsSync(reports)) return undefined;
  const found = readdirSync(reports).filter((name) => name !== 'latest');
  if (found.length > 1) throw new Error(`more than one run directory: ${found.join(', ')}`);
  return found[0] && join(reports, found[0]);
}

export function samplesOf(runDir: string): Sample[] {
  const plain = join(runDir, 'samples.ndjson');
  const text = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
  return text
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Sample);
}

/** All that a run left. Throws when a part is missing. */
export function finishedRun(reports: string): FinishedRun {
  const runDir = runDirectory(reports);
  if (!runDir) throw new Error(`no run directory in ${reports}`);
  const read = (name: string) => JSON.parse(readFileSync(join(runDir, name), 'utf8'));
  return {
    runDir,
    run: read('run.json'),
    samples: samplesOf(runDir),
    summary: read('summary.json'),
    artillery: existsSync(join(runDir, 'artillery.json')) ? read('artillery.json') : undefined,
  };
}
