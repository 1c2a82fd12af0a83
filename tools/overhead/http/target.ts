import { type ChildProcess, fork } from 'node:child_process';
import { childEnvironment } from '../../../config/environment.ts';
import { pinned } from './cores.ts';
import type { FromServer, ToServer } from './server.ts';

const PROGRAM = new URL('./server.ts', import.meta.url);

/** The server in a process of its own, on a core of its own where the machine has two. */
export class BenchTarget {
  readonly #child: ChildProcess;
  readonly url: string;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<BenchTarget> {
    const child = fork(PROGRAM, [], { env: childEnvironment(), stdio: 'inherit' });
    pinned(child.pid as number, 'target');
    const { port } = await told(child, 'listening');
    return new BenchTarget(child, port);
  }

  /** Every answer waits that long from now on. */
  delay(ms: number): void {
    this.#child.send({ type: 'delay', ms } satisfies ToServer);
  }

  /** Requests answered so far. */
  async count(): Promise<number> {
    const answer = told(this.#child, 'count');
    this.#child.send({ type: 'count' } satisfies ToServer);
    return (await answer).count;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
  }
}

type Told<T extends FromServer['type']> = Extract<FromServer, { type: T }>;

function told<T extends FromServer['type']>(child: ChildProcess, type: T): Promise<Told<T>> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('the bench server has ended'));
    const listen = (message: FromServer) => {
      if (message.type !== type) return;
      child.off('message', listen);
      child.off('exit', ended);
      resolve(message as Told<T>);
    };
    child.on('message', listen);
    child.once('exit', ended);
  });
}
