/** Artillery's worker thread, as its main thread knows it. */
import { setTimeout as wait } from 'node:timers/promises';
import { Channel, type Message } from '../channel.ts';

/** A worker told to stop interrupts its sessions and writes what they hold. */
const STOP_LIMIT_MS = 20_000;
/** The worker's threads write what they hold back, at once: a second is for one that is busy. */
const FLUSH_LIMIT_MS = 1000;
const UP_WITHIN_MS = 3000;

export class WorkerThread {
  readonly #channel: Channel;
  readonly #up = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<void>();
  readonly #flushed = Promise.withResolvers<void>();

  constructor(hear: (message: Message) => void) {
    this.#channel = new Channel((message) => {
      if (message.type === 'context-request') this.#up.resolve();
      else if (message.type === 'stopped') this.#stopped.resolve();
      else if (message.type === 'flushed') this.#flushed.resolve();
      hear(message);
    });
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
    this.tell({ type: 'stop' });
    await Promise.race([this.#stopped.promise, wait(STOP_LIMIT_MS, undefined, { ref: false })]);
  }

  async flush(): Promise<void> {
    this.tell({ type: 'flush' });
    await Promise.race([this.#flushed.promise, wait(FLUSH_LIMIT_MS)]);
  }

  close(): void {
    this.#channel.close();
  }
}
