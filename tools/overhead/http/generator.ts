import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment } from '../../../config/environment.ts';
import { NotMeasured } from '../session-cost.ts';
import { treeOf } from '../watch/tree.ts';
import { onGeneratorCore } from './cores.ts';
import type { BenchTarget } from './target.ts';
import type { Setting, Way } from './ways.ts';

/** Artillery needs some seconds to begin on a busy machine. */
const FIRST_REQUEST_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 50;

export interface Speed {
  /** CPU of all its processes, user and system, ms a request. */
  cpuMs: number;
  /** Requests answered in a second on the clock. */
  perSecond: number;
  requests: number;
}

/** How long, in seconds: compilers warm up, then it counts. */
export interface Spell {
  warmUp: number;
  counted: number;
}

/**
 * One way for a while, as fast as it can, on a core of its own. Start and end are left out: CPU and requests are those
 * between two moments, the requests by the target's own count.
 * @throws NotMeasured when it ends by itself or sends nothing
 */
export async function speedOf(way: Way, setting: Setting, target: BenchTarget, spell: Spell): Promise<Speed> {
  const before = await target.count();
  const generator = new Generator(way, setting);
  try {
    const until = performance.now() + FIRST_REQUEST_WITHIN_MS;
    // Its own questions whether the target is there are some requests too.
    while ((await target.count()) < before + 1000) {
      if (performance.now() > until) throw new NotMeasured(`${way.name}: no requests within a minute`);
      generator.check();
      await wait(LOOK_EVERY_MS);
    }
    await wait(spell.warmUp * 1000);
    const first = await generator.look(target);
    await wait(spell.counted * 1000);
    const last = await generator.look(target);
    const requests = last.requests - first.requests;
    if (requests < 100) throw new NotMeasured(`${way.name}: only ${requests} requests`);
    return {
      cpuMs: ((last.cpuSeconds - first.cpuSeconds) * 1000) / requests,
      perSecond: (requests * 1000) / (last.at - first.at),
      requests,
    };
  } finally {
    await generator.end();
  }
}

class Generator {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #exit: Promise<void>;
  #said = '';
  #ended = false;

  constructor(way: Way, setting: Setting) {
    const { command, words, env } = way.start(setting);
    this.#name = way.name;
    const [program, options] = onGeneratorCore(command, words);
    this.#child = spawn(program, options, {
      cwd: setting.folder,
      env: childEnvironment(env),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child.stderr?.on('data', (text) => {
      this.#said = `${this.#said}${text}`.slice(-2000);
    });
    this.#exit = new Promise((done) => {
      const over = () => {
        this.#ended = true;
        done();
      };
      this.#child.once('exit', over);
      this.#child.once('error', (error) => {
        this.#said = error.message;
        over();
      });
    });
  }

  /** @throws NotMeasured when it has ended */
  check(): void {
    if (this.#ended)
      throw new NotMeasured(`${this.#name} has ended: ${this.#said.trim() || 'it said nothing'}`);
  }

  async look(target: BenchTarget): Promise<{ at: number; cpuSeconds: number; requests: number }> {
    this.check();
    const requests = await target.count();
    return { at: performance.now(), cpuSeconds: treeOf(this.#child.pid as number).cpuSeconds, requests };
  }

  /** At once: what it would still write is nobody's. */
  async end(): Promise<void> {
    if (!this.#ended) for (const pid of treeOf(this.#child.pid as number).pids) killed(pid);
    await this.#exit;
  }
}

function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it has just ended
  }
}
