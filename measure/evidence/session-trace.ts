import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BrowserContext } from '@playwright/test';
import { noteNoSpace } from '../health/temporary-folder.ts';
import type { TraceToMask } from './masked-trace-thread.ts';

/** For packing and masking what was recorded: a second or two, on a busy machine several. */
const LIMIT_MS = 10_000;

/** A Playwright trace that is recorded all through a session, of which only what led to a failure is kept. */
export class SessionTrace {
  readonly #tracing: BrowserContext['tracing'];
  readonly #secrets: readonly string[];

  private constructor(tracing: BrowserContext['tracing'], secrets: readonly string[]) {
    this.#tracing = tracing;
    this.#secrets = secrets;
  }

  /** @param secrets texts that a kept trace must not hold */
  static async start({ tracing }: BrowserContext, secrets: readonly string[]): Promise<SessionTrace> {
    await tracing.start({ screenshots: true, snapshots: true });
    return new SessionTrace(tracing, secrets);
  }

  /**
   * Writes what was recorded since the start or the last failure, masked, and goes on recording. What Playwright
   * packs holds the password: it lies in the temporary folder, and only as long as this takes.
   * @throws Error when the browser is gone, or it is not done in time; then there is no file
   */
  async keep(file: string, limitMs = LIMIT_MS): Promise<void> {
    const folder = mkdtempSync(join(tmpdir(), 'load-suite-trace-'));
    const removeFolder = () => rmSync(folder, { recursive: true, force: true });
    const from = join(folder, 'trace.zip');
    const limit = AbortSignal.timeout(limitMs);
    const late = new Promise<never>((_, fail) => {
      limit.onabort = () => fail(new Error(`not written within ${limitMs / 1000} s`));
    });
    const packed = this.#tracing.stopChunk({ path: from });
    try {
      await Promise.race([packed.then(() => this.#tracing.startChunk()), late]);
      await maskInThread({ from, to: file, secrets: this.#secrets }, limit);
    } catch (error) {
      noteNoSpace(error);
      rmSync(file, { force: true });
      throw error;
    } finally {
      removeFolder();
      // When it was late: Playwright makes the folder again to write into.
      packed.then(removeFolder, removeFolder);
    }
  }

  /** Ends the recording; what was not kept is gone. */
  async stop(): Promise<void> {
    await this.#tracing.stop();
  }
}

/** Masking takes the processor for a second: in the thread that times steps it would be seen as their delay. */
function maskInThread(trace: TraceToMask, limit: AbortSignal): Promise<void> {
  const thread = new Worker(new URL('./masked-trace-thread.ts', import.meta.url), { workerData: trace });
  const cutOff = () => void thread.terminate();
  limit.addEventListener('abort', cutOff, { once: true });
  return new Promise<void>((done, fail) => {
    thread.once('error', fail);
    thread.once('exit', (code) => (code === 0 ? done() : fail(new Error('masking was cut off'))));
  }).finally(() => limit.removeEventListener('abort', cutOff));
}
