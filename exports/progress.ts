/** How far the figures of a run have come, in the file `upload.json` of its directory: an upload that broke off goes on there. */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Row } from './row.ts';

export const PROGRESS_FILE = 'upload.json';

const file = z.record(z.string(), z.object({ digest: z.string(), taken: z.number(), of: z.number() }));

export class Progress {
  readonly #path: string;
  readonly #where: string;
  readonly #digest: string;
  readonly #of: number;
  /** What the system said when it could not be written down. */
  trouble: string | undefined;

  /** @param where of the server: each has progress of its own */
  constructor(runDir: string, where: string, rows: readonly Row[]) {
    this.#path = join(runDir, PROGRESS_FILE);
    this.#where = where;
    this.#digest = createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    this.#of = rows.length;
  }

  /**
   * Rows that the server has. Undefined where no upload of these rows began: none is known, or the run was concluded again and its rows
   * are others.
   */
  get taken(): number | undefined {
    const known = this.#read()[this.#where];
    return known?.digest === this.#digest ? Math.min(known.taken, this.#of) : undefined;
  }

  /** Where it cannot be written the upload goes on; one that breaks off then begins from the start. */
  note(taken: number): void {
    try {
      const all = { ...this.#read(), [this.#where]: { digest: this.#digest, taken, of: this.#of } };
      writeFileSync(`${this.#path}.new`, `${JSON.stringify(all, null, 2)}\n`);
      renameSync(`${this.#path}.new`, this.#path);
    } catch (error) {
      this.trouble = (error as NodeJS.ErrnoException).code ?? String(error);
    }
  }

  #read(): z.output<typeof file> {
    try {
      return file.parse(JSON.parse(readFileSync(this.#path, 'utf8')));
    } catch {
      return {}; // not there, or damaged: the same rows sent again are the same figures
    }
  }
}
