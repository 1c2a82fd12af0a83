/**
 * A generator of load to be watched from outside: a process of its own with one browser, that does sessions when asked
 * to. What it costs is read by the process that started it (bench/watch/), so that reading costs it nothing.
 */
import { type Browser, type BrowserContext, chromium } from '@playwright/test';
import { nameRequest } from '../../../api/operations/name-request.ts';
import { CHANGES } from '../../../config/changes.ts';
import { loadThinkTimes } from '../../../config/think.ts';
import { journeysOf } from '../../../flows/registry.ts';
import { type BrowserSession, runBrowserSession } from '../../../flows/session.ts';
import { runUnmeasuredSession } from '../../../flows/unmeasured-session.ts';
import { GeneratorHealth, type Presence } from '../../../measure/health/generator.ts';
import { Recorder } from '../../../measure/run/recorder.ts';
import type { FromGenerator, Setting, Task, ToGenerator } from './messages.ts';

const thinkTimes = loadThinkTimes();
/** As under Artillery (artillery/plugin/prepare-script.ts). */
const CONTEXT = { viewport: { width: 1440, height: 900 }, timezoneId: 'UTC', locale: 'en-US' };
const ACTION_LIMIT_MS = 20_000;

const tell = (message: FromGenerator) => process.send?.(message);

class Generator {
  readonly #setting: Setting;
  readonly #browser: Browser;
  readonly #recorder: Recorder;
  readonly #open = new Map<string, { context: BrowserContext; own?: Browser }>();
  readonly #present: Presence = { users: 0, browserUsers: 0, httpUsers: 0 };

  constructor(setting: Setting, browser: Browser) {
    this.#setting = setting;
    this.#browser = browser;
    this.#recorder = new Recorder(setting.runDir);
    if (setting.isWatched) new GeneratorHealth(this.#recorder, { presence: () => this.#present });
  }

  async session(task: Task): Promise<void> {
    const begun = performance.now();
    const own = task.ownBrowser ? await launch(this.#setting) : undefined;
    const { baseUrl } = this.#setting;
    const context = await (own ?? this.#browser).newContext({ ...CONTEXT, baseURL: baseUrl });
    context.setDefaultTimeout(ACTION_LIMIT_MS);
    this.#open.set(task.id, { context, own });
    const { ok, error } = await this.#run(task, context);
    tell({ type: 'ended', id: task.id, ok, error, seconds: (performance.now() - begun) / 1000 });
  }

  async #run({ id, watch, role, journeys, account, seed, think }: Task, context: BrowserContext) {
    const { accounts, runDir } = this.#setting;
    const ofRole = accounts.filter((one) => one.role === role);
    const session: Omit<BrowserSession, 'recorder' | 'nameRequest'> = {
      runDir,
      page: await context.newPage(),
      plan: { id, name: 'bench', role, via: 'browser', journeys: journeys.length, seed },
      account: ofRole[account % ofRole.length],
      journeys: journeys.flatMap((name) => journeysOf(role, CHANGES, [name])),
      inOrder: true,
      runId: 'bench',
      thinkTimes,
      thinkFactor: think,
    };
    if (watch === 'unmeasured') return runUnmeasuredSession(session, { nameRequest });
    this.#present.users += 1;
    this.#present.browserUsers += 1;
    try {
      const recorder = this.#recorder;
      const traced = watch === 'traced';
      return await runBrowserSession({ ...session, recorder, nameRequest, traced });
    } finally {
      this.#present.users -= 1;
      this.#present.browserUsers -= 1;
    }
  }

  /** As the Playwright engine does at the end of a user. */
  async close(id: string): Promise<void> {
    const open = this.#open.get(id);
    this.#open.delete(id);
    await open?.context.close();
    await open?.own?.close();
    tell({ type: 'closed', id });
  }

  collect(): void {
    globalThis.gc?.();
    const contexts = [...this.#browser.contexts(), ...[...this.#open.values()].map(({ context }) => context)];
    const open = new Set(contexts);
    const pages = [...open].reduce((sum, context) => sum + context.pages().length, 0);
    tell({ type: 'collected', contexts: open.size, pages });
  }
}

function launch({ browserPath, args }: Setting): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath, args });
}

let generator: Generator | undefined;

async function obey(message: ToGenerator): Promise<void> {
  if (message.type === 'open') {
    generator = new Generator(message.setting, await launch(message.setting));
    tell({ type: 'opened' });
  } else if (message.type === 'session') await generator?.session(message.task);
  else if (message.type === 'close') await generator?.close(message.id);
  else generator?.collect();
}

process.on('message', (message: ToGenerator) => {
  obey(message).catch((error: Error) => tell({ type: 'failed', error: error.message.split('\n')[0] ?? '' }));
});
// The process that started it is gone: so is the browser, which Playwright ends with this process.
process.once('disconnect', () => process.exit());
