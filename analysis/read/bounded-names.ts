/**
 * Names that a page or a target made up, without end: a limit and a row for each of 20 000 pages help nobody. The first 500 of
 * each kind have figures of their own, in the order of the file; what comes after is counted under one name. A long one is cut:
 * it stands in a dozen tables of every output.
 */
import type { Sample } from '../../measure/run/samples.ts';

export const MOST_NAMES = 500;
export const LONGEST_NAME = 200;
export const FURTHER_NAMES = `(further names, beyond ${MOST_NAMES})`;

/** Kinds of samples whose names may follow addresses or texts of the target; all others are ours. */
const KINDS: ReadonlySet<string> = new Set(['step', 'request', 'check']);

export class BoundedNames {
  readonly #known = new Map<string, Set<string>>();

  /** The same sample where its names are known or may still become so, which is nearly always. */
  sample(sample: Sample): Sample {
    const page = sample.page === undefined ? undefined : this.#bounded('page', sample.page);
    const name = KINDS.has(sample.kind) ? this.#bounded(sample.kind, sample.name) : sample.name;
    // Samples that name a step are put under it.
    const { step, failedStep } = sample as { step?: string; failedStep?: string };
    const [known, failed] = [step && cut(step), failedStep && cut(failedStep)];
    if (page === sample.page && name === sample.name && known === step && failed === failedStep)
      return sample;
    const steps = { ...(known && { step: known }), ...(failed && { failedStep: failed }) };
    return { ...sample, name, page, ...steps } as Sample;
  }

  #bounded(kind: string, whole: string): string {
    const name = cut(whole);
    const known = this.#known.get(kind) ?? new Set();
    this.#known.set(kind, known);
    if (known.has(name)) return name;
    if (known.size >= MOST_NAMES) return FURTHER_NAMES;
    known.add(name);
    return name;
  }
}

/** Names without end are alike in their begin, and differ in their end. */
function cut(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const end = 60;
  return `${name.slice(0, LONGEST_NAME - end - 1)}…${name.slice(-end)}`;
}
