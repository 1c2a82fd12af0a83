/** Artillery's worker thread, as its main thread knows it. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as wait } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { firstLine } from '../../measure/errors/foreign-texts.ts';
import { Heartbeat } from '../../measure/health/heartbeat.ts';
import type { WorkerLost } from '../../measure/run/events.ts';
import { Channel, type Message } from '../channel.ts';

/** A worker that must stop interrupts its sessions and writes what they hold. */
const STOP_LIMIT_MS = 20_000;
/** The worker's threads write what they hold back, at once: a second is for one that is busy. */
const FLUSH_LIMIT_MS = 1000;
const UP_WITHIN_MS = 3000;
/** Where Node publishes each thread that this one starts. https://nodejs.org/api/diagnostics_channel.html#worker-thread */
const THREADS = 'worker_threads';
/** What Artillery exits with, at once and without a report, when its worker fails (2.0.34, lib/platform/local/index.ts). */
const WORKER_FAILED = 11;

export class WorkerThread {
  readonly #channel: Channel;
  readonly #up = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<void>();
  readonly #flushed = Promise.withResolvers<void>();
  readonly #hear: (message: Message) => void;
  readonly #heartbeat = new Heartbeat((silentMs) => {
    this.#lose({ silentMs });
    void this.#thread?.terminate();
  });
  #thread: Worker | undefined;
  #isOver = false;

  /** To be made before Artillery starts its worker. @param hear takes its messages, and learns when it is lost */
  constructor(hear: (message: Message) => void) {
    this.#hear = hear;
    this.#channel = new Channel((message) => {
      if (message.type === 'context-request') this.#up.resolve();
      else if (message.type === 'stopped') this.#stopped.resolve();
      else if (message.type === 'flushed') this.#flushed.resolve();
      if (message.type === 'alive') this.#heartbeat.beat();
      else hear(message);
    });
    subscribe(THREADS, this.#watch);
  }

  tell(message: Message): void {
    this.#channel.tell(message);
  }

  /** Node may crash when a process exits while one of its threads is being set up. */
  async up(): Promise<void> {
    await Promise.race([this.#up.promise, wait(UP_WITHIN_MS, undefined, { ref: false })]);
  }

  /** Its sessions are interrupted, and what they hold is written. */
  async stop(): Promise<void> {
    this.#heartbeat.stop();
    this.#isOver = true;
    this.tell({ type: 'stop' });
    await Promise.race([this.#stopped.promise, wait(STOP_LIMIT_MS, undefined, { ref: false })]);
  }

  async flush(): Promise<void> {
    this.tell({ type: 'flush' });
    await Promise.race([this.#flushed.promise, wait(FLUSH_LIMIT_MS)]);
  }

  /** The first thread that is started is Artillery's. */
  #watch = (started: unknown): void => {
    unsubscribe(THREADS, this.#watch);
    const { worker } = started as { worker: Worker };
    this.#thread = worker;
    worker.on('error', (error) => {
      stayAlive();
      this.#lose({ why: firstLine(error) });
    });
    worker.on('exit', (code) => {
      this.#lose({ why: `exit ${code}` });
      this.#stopped.resolve();
      this.#flushed.resolve();
    });
  };

  #lose(how: Omit<WorkerLost, 'worker'>): void {
    this.#heartbeat.stop();
    if (this.#isOver) return;
    this.#isOver = true;
    this.#hear({ type: 'worker lost', lost: { worker: 'artillery', ...how } });
  }

  close(): void {
    this.#channel.close();
  }
}

/** The run must be concluded first. */
function stayAlive(): void {
  const { exit } = process;
  process.exit = ((code) => (code === WORKER_FAILED ? undefined : exit(code))) as typeof exit;
}
