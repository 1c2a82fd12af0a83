/** The folder for temporary files: profiles of browsers, their shared memory, and what is recorded of a trace until it is kept. */
import { statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isNoSpace } from '../errors/foreign-texts.ts';

const MIB = 2 ** 20;
/** Less than a browser writes at once. */
const FULL_BELOW = 1 * MIB;

/** What the system refused in this thread since the last look. */
let refusal: string | undefined;

/** Notes a failure that came of a full disk; any other is let pass. */
export function noteNoSpace(error: unknown): void {
  if (isNoSpace(error)) refusal = 'ENOSPC: no space left on the disk';
}

export class TemporaryFolder {
  readonly #free: () => number;
  #isReported = false;

  /** @param free bytes that are free there */
  constructor(free = freeBytes) {
    this.#free = free;
  }

  /** Why nothing can be written there, once; undefined: something can, or it was reported. */
  take(): string | undefined {
    if (this.#isReported) return undefined;
    const free = this.#free();
    const why = refusal ?? (free < FULL_BELOW ? `${Math.floor(free / 1024)} KiB free` : undefined);
    refusal = undefined;
    this.#isReported = why !== undefined;
    return why;
  }
}

function freeBytes(): number {
  try {
    const { bavail, bsize } = statfsSync(tmpdir());
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY; // where that is not known, nothing is said of it
  }
}
