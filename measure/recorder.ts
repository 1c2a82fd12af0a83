import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Sample } from './run/samples.ts';

/** Lines are held back at most this long: a killed run loses no more than that. */
const FLUSH_AFTER_MS = 250;
/** … and never more than this many bytes. */
const FLUSH_AT_BYTES = 64 * 1024;

export const SAMPLES_FILE = 'samples.ndjson';

/**
 * Appends samples to a run directory's `samples.ndjson`, one JSON line each.
 *
 * Threads and processes of one run each open the file for themselves: on a local file system an append of whole
 * lines (O_APPEND, one write call) is not interleaved with another's.
 */
export class Recorder {
  readonly #file: number;
  #held: string[] = [];
  #heldBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** Samples written so far by this recorder. */
  count = 0;

  constructor(runDir: string) {
    this.#file = openSync(join(runDir, SAMPLES_FILE), 'a');
  }

  /** Throws when the recorder is closed: a sample after the end would be lost in silence. */
  write(sample: Sample): void {
    if (this.#closed) throw new Error(`a ${sample.kind} sample came after the recorder was closed`);
    const line = `${JSON.stringify(sample)}\n`;
    this.#held.push(line);
    this.#heldBytes += line.length;
    this.count += 1;
    if (this.#heldBytes >= FLUSH_AT_BYTES) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Hands all held lines to the operating system. Synchronous, so that it also works in an exit handler. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#held.length === 0) return;
    const bytes = Buffer.from(this.#held.join(''));
    this.#held = [];
    this.#heldBytes = 0;
    let written = 0;
    while (written < bytes.length) written += writeSync(this.#file, bytes, written);
  }

  close(): void {
    if (this.#closed) return;
    this.flush();
    this.#closed = true;
    closeSync(this.#file);
  }
}
