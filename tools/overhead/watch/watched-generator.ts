import { type ChildProcess, fork } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { childEnvironment } from '../../../config/environment.ts';
import type {
  FromGenerator,
  Inventory,
  SessionEnd,
  Setting,
  Task,
  ToGenerator,
} from '../generator/messages.ts';
import { memoryMiB, type Tree, treeOf } from './tree.ts';

const PROGRAM = new URL('../generator/generator.ts', import.meta.url);
/** A page's process takes a moment to end after its context was closed. */
const SETTLED_WITHIN_MS = 3000;
const LOOK_EVERY_MS = 20;

/** MiB of the generator's Node and of its browsers, apart. */
export interface Memory {
  node: number;
  browser: number;
}

/** A generator in a process of its own, watched from this one. */
export class WatchedGenerator {
  readonly #child: ChildProcess;
  readonly #waiting: Array<{
    wants(message: FromGenerator): boolean;
    take(message: FromGenerator): void;
    fail(error: Error): void;
  }> = [];
  #end: Promise<void>;

  private constructor() {
    this.#child = fork(PROGRAM, [], { execArgv: ['--expose-gc'], env: childEnvironment(), stdio: 'inherit' });
    this.#child.on('message', (message: FromGenerator) => {
      if (message.type === 'failed') return this.#fail(message.error);
      const at = this.#waiting.findIndex(({ wants }) => wants(message));
      if (at >= 0) this.#waiting.splice(at, 1)[0]?.take(message);
    });
    this.#end = new Promise((ended) => {
      this.#child.once('exit', () => {
        this.#fail('the generator has ended');
        ended();
      });
    });
  }

  /** @throws Error when its browser does not start */
  static async open(setting: Setting): Promise<WatchedGenerator> {
    const generator = new WatchedGenerator();
    await generator.#ask({ type: 'open', setting }, ({ type }) => type === 'opened');
    return generator;
  }

  /** Does a session and leaves its page open. */
  async session(task: Task): Promise<SessionEnd> {
    const isEnd = (message: FromGenerator) => message.type === 'ended' && message.id === task.id;
    return (await this.#ask({ type: 'session', task }, isEnd)) as SessionEnd & FromGenerator;
  }

  /** Closes its context, and its browser where it has one of its own. */
  async close(id: string): Promise<void> {
    await this.#ask({ type: 'close', id }, (message) => message.type === 'closed' && message.id === id);
  }

  tree(): Tree {
    return treeOf(this.#child.pid as number);
  }

  /** Memory once Node's garbage is collected. */
  async memory(): Promise<Memory & Inventory & { processes: number }> {
    const told = await this.#ask({ type: 'collect' }, ({ type }) => type === 'collected');
    const { contexts, pages } = told as Inventory & FromGenerator;
    const node = this.#child.pid as number;
    const { pids } = this.tree();
    return {
      node: memoryMiB([node]),
      browser: memoryMiB(pids.filter((pid) => pid !== node)),
      contexts,
      pages,
      processes: pids.length,
    };
  }

  /** Waits until there are no more processes than this; gives how many there are. */
  async settled(processes: number): Promise<number> {
    const until = performance.now() + SETTLED_WITHIN_MS;
    for (;;) {
      const count = this.tree().pids.length;
      if (count <= processes || performance.now() > until) return count;
      await wait(LOOK_EVERY_MS);
    }
  }

  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.disconnect();
    await this.#end;
  }

  #ask(message: ToGenerator, wants: (answer: FromGenerator) => boolean): Promise<FromGenerator> {
    return new Promise((take, fail) => {
      this.#waiting.push({ wants, take, fail });
      this.#child.send(message, (error) => error && fail(error));
    });
  }

  #fail(why: string): void {
    for (const { fail } of this.#waiting.splice(0)) fail(new Error(why));
  }
}
