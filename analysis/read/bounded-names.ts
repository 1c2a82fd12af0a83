/**
 * Names that a page or a target made up, without end: a limit and a row for each of 20 000 pages help nobody. The first 500 of
 * each kind have figures of their own, in the order of the file; what comes after is counted under one name.
 */
import type { Sample } from '../../measure/run/samples.ts';

export const MOST_NAMES = 500;
export const FURTHER_NAMES = `(further names, beyond ${MOST_NAMES})`;

/** Kinds of samples whose names may follow addresses or texts of the target; all others are ours. */
const KINDS: ReadonlySet<string> = new Set(['step', 'request', 'check']);

export class BoundedNames {
  readonly #known = new Map<string, Set<string>>();

  /** The same sample where its names are known or may still become so, which is nearly always. */
  sample(sample: Sample): Sample {
    const page = sample.page === undefined ? undefined : this.#bounded('page', sample.page);
    const name = KINDS.has(sample.kind) ? this.#bounded(sample.kind, sample.name) : sample.name;
    if (page === sample.page && name === sample.name) return sample;
    return { ...sample, name, page } as Sample;
  }

  #bounded(kind: string, name: string): string {
    const known = this.#known.get(kind) ?? new Set();
    this.#known.set(kind, known);
    if (known.has(name)) return name;
    if (known.size >= MOST_NAMES) return FURTHER_NAMES;
    known.add(name);
    return name;
  }
}
