import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { visibleJson } from '../../config/visible-text.ts';
import { SampleMask } from './masked-sample.ts';
import type { Sample } from './samples.ts';

/** Lines are kept back at most this long: a killed run loses no more than that. */
const FLUSH_AFTER_MS = 250;
/** … and never more than this many bytes, as long as the disk takes them. */
const FLUSH_AT_BYTES = 64 * 1024;
/** While it does not: at 5 000 samples a second good for ten seconds. */
const HELD_AT_MOST_BYTES = 16 * 1024 * 1024;

export const SAMPLES_FILE = 'samples.ndjson';

export interface RecorderOptions {
  /** Called once when a write fails, with what the system said. Default: one line to the terminal. */
  onTrouble?: (why: string) => void;
  /** Called with each sample as it is written. */
  onSample?: (sample: Sample) => void;
}

/**
 * Appends samples to a run directory's `samples.ndjson`, one JSON line each.
 *
 * Threads and processes of one run each open the file for themselves: on a local file system an append of whole
 * lines (O_APPEND, one write call) is not interleaved with another's.
 *
 * A disk that is full, or fails, ends no run by an exception: lines are kept and tried again, those for which there is
 * no room are counted, and the count is written down when the disk takes it (event `samples-lost`), or reported at the end.
 *
 * Every sample of a run passes here, so this is where secrets are taken out of them.
 */
export class Recorder {
  readonly #path: string;
  readonly #file: number;
  readonly #onTrouble: (why: string) => void;
  readonly #onSample: ((sample: Sample) => void) | undefined;
  readonly #mask = new SampleMask();
  #held: string[] = [];
  #heldBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;
  /** What the system said when the last write failed. */
  #trouble: string | undefined;
  #toldTrouble = false;
  /** The disk took a part of a line: what comes next begins a new one. */
  #isTorn = false;
  #lostUntold = 0;
  /** Lines that the disk has taken whole. */
  #lines = 0;
  /** Samples given to this recorder so far, lost ones included. */
  count = 0;
  /** Those that could not be written. */
  lost = 0;

  constructor(runDir: string, { onTrouble, onSample }: RecorderOptions = {}) {
    this.#path = join(runDir, SAMPLES_FILE);
    this.#onSample = onSample;
    this.#onTrouble = onTrouble ?? ((why) => console.error(cannotBeWritten(this.#path, why)));
    this.#file = openSync(this.#path, 'a');
  }

  /** From now on this text, a password or a token, is in no sample that is written. */
  hide(secret: string): void {
    this.#mask.hide(secret);
  }

  /** A text as samples show it, for those who report it elsewhere. */
  masked(text: string): string {
    return this.#mask.text(text);
  }

  /** Throws when the recorder is closed: a sample after the end would be lost in silence. */
  write(sample: Sample): void {
    if (this.#closed) throw new Error(`a ${sample.kind} sample came after the recorder was closed`);
    this.count += 1;
    const masked = this.#mask.sample(sample);
    this.#onSample?.(masked);
    this.#hold(lineOf(masked));
    if (this.#heldBytes >= FLUSH_AT_BYTES && this.#trouble === undefined) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS).unref();
  }

  /** Hands all kept lines to the operating system. Synchronous, so that it also works in an exit handler. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#held.length > 0) {
      if (!this.#append()) {
        this.#timer = setTimeout(() => this.flush(), FLUSH_AFTER_MS).unref();
        return;
      }
    }
  }

  close(): void {
    if (this.#closed) return;
    this.flush();
    if (this.#held.length === 0 && this.#lines > 0) {
      this.#hold(
        lineOf({ t: Date.now(), kind: 'event', name: 'lines-written', data: { lines: this.#lines } }),
      );
      this.flush();
    }
    clearTimeout(this.#timer);
    this.#closed = true;
    this.#lose(this.#held.length);
    if (this.#lostUntold > 0) {
      console.error(
        `${this.#path}: ${this.#lostUntold} samples could not be written and are lost (${this.#trouble ?? 'no room to hold them'})`,
      );
    }
    closeSync(this.#file);
  }

  #hold(line: string): void {
    if (this.#heldBytes + line.length > HELD_AT_MOST_BYTES) {
      this.#lose(1);
      return;
    }
    this.#held.push(line);
    this.#heldBytes += line.length;
  }

  #lose(count: number): void {
    this.lost += count;
    this.#lostUntold += count;
  }

  /** Writes the first of the kept lines, 64 KiB at most; false when the disk did not take them. */
  #append(): boolean {
    let end = 0;
    for (let size = 0; end < this.#held.length && size < FLUSH_AT_BYTES; end += 1)
      size += (this.#held[end] as string).length;
    const lines = this.#held.slice(0, end);
    const bytes = Buffer.from((this.#isTorn ? '\n' : '') + lines.join(''));
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#file, bytes, written);
    } catch (error) {
      this.#failed(error as NodeJS.ErrnoException, bytes.subarray(0, written));
      return false;
    }
    this.#isTorn = false;
    this.#drop(end);
    this.#written();
    return true;
  }

  /** @param taken what the disk had taken before */
  #failed({ code, message }: NodeJS.ErrnoException, taken: Buffer): void {
    let whole = 0;
    for (let at = taken.indexOf('\n'); at >= 0; at = taken.indexOf('\n', at + 1)) whole += 1;
    // The line break that ends a torn line belongs to none of those kept.
    if (this.#isTorn && taken.length > 0) whole -= 1;
    if (taken.length > 0) this.#isTorn = taken.at(-1) !== 10;
    this.#drop(whole);
    this.#trouble = code === 'ENOSPC' ? 'ENOSPC: no space left on the disk' : (message ?? code).split(',')[0];
    if (this.#toldTrouble) return;
    this.#toldTrouble = true;
    this.#onTrouble(this.#trouble as string);
  }

  /** The disk takes lines, perhaps again. */
  #written(): void {
    const why = this.#trouble;
    this.#trouble = undefined;
    if (this.#lostUntold === 0) return;
    const data = { count: this.#lostUntold, why: why ?? 'no room to hold them' };
    this.#lostUntold = 0;
    this.#hold(lineOf({ t: Date.now(), kind: 'event', name: 'samples-lost', data }));
  }

  #drop(count: number): void {
    this.#lines += count;
    for (const line of this.#held.splice(0, count)) this.#heldBytes -= line.length;
  }
}

function lineOf(sample: Sample): string {
  return `${visibleJson(JSON.stringify(sample))}\n`;
}

/** One line for the terminal. */
export function cannotBeWritten(file: string, why: string): string {
  return `${file}: cannot be written (${why}); samples are kept and tried again: make room`;
}
