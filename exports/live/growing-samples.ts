/** The samples of a run as they are written: all threads and processes of a run append whole lines to one file. */
import { closeSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { Lines } from '../../analysis/read/lines.ts';
import { examine } from '../../analysis/read/usable-sample.ts';
import { SAMPLES_FILE } from '../../measure/run/recorder.ts';
import type { Sample } from '../../measure/run/samples.ts';

const PIECE = 1024 * 1024;
/** Of one look, bytes: what is beyond is for the next. */
const MOST_AT_A_TIME = 16 * PIECE;

export class GrowingSamples {
  readonly #path: string;
  readonly #lines = new Lines();
  #file: number | undefined;

  constructor(runDir: string) {
    this.#path = join(runDir, SAMPLES_FILE);
  }

  /** What has been added since the last look. Lines that are no sample are left out: the summary counts them. */
  *added(): Generator<Sample> {
    try {
      this.#file ??= openSync(this.#path, 'r');
    } catch {
      return; // nothing is written yet
    }
    const piece = Buffer.alloc(PIECE);
    for (let read = 0; read < MOST_AT_A_TIME; ) {
      const bytes = readSync(this.#file, piece);
      if (bytes === 0) return;
      read += bytes;
      for (const line of this.#lines.of(Buffer.from(piece.subarray(0, bytes)))) {
        const sample = sampleOf(line.bytes);
        if (sample) yield sample;
      }
    }
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }
}

function sampleOf(bytes: Buffer): Sample | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined;
    return examine(value as Sample).unusable === undefined ? (value as Sample) : undefined;
  } catch {
    return undefined;
  }
}
