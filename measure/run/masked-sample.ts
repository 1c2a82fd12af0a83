import { masker } from './mask.ts';
import type { Sample } from './samples.ts';

/** Most texts come again and again: at most this many are remembered as they were written. */
const REMEMBERED = 2000;
/** Tokens come with each sign-in; the oldest are over. Passwords are given again with each session, which keeps them new. */
const MOST_SECRETS = 1000;
/** What may hold a text of the target's or of a page's; all else is ours. */
const TEXTS = ['name', 'page', 'step', 'failedStep', 'error', 'redirectTo', 'serverTiming'] as const;
const OBJECTS = ['data', 'attribution', 'cutShort'] as const;

type Written = Partial<Record<(typeof TEXTS)[number] | (typeof OBJECTS)[number], unknown>>;

/** Hides secrets in samples, those of this run and all that look like one. */
export class SampleMask {
  readonly #secrets = new Set<string>();
  /** Made when it is next needed: of a thousand secrets it takes milliseconds. */
  #mask: ReturnType<typeof masker> | undefined;
  readonly #known = new Map<string, string>();
  readonly #textOf = (text: string) => this.text(text);

  /** From now on this text is in no sample. */
  hide(secret: string): void {
    if (secret === '') return;
    const isKnown = this.#secrets.delete(secret);
    this.#secrets.add(secret);
    if (isKnown) return;
    for (const oldest of this.#secrets) {
      if (this.#secrets.size <= MOST_SECRETS) break;
      this.#secrets.delete(oldest);
    }
    this.#mask = undefined;
    this.#known.clear();
  }

  text(text: string): string {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    this.#mask ??= masker([...this.#secrets]);
    const masked = this.#mask(text);
    if (this.#known.size >= REMEMBERED) this.#known.clear();
    this.#known.set(text, masked);
    return masked;
  }

  /** The sample as it may be written: the same one where there is nothing to hide, which is nearly always. */
  sample(sample: Sample): Sample {
    const { kind } = sample;
    if (kind === 'generator' || kind === 'target') return sample;
    const fields = sample as Written;
    let changed: Written | undefined;
    for (const field of OBJECTS) {
      const value = fields[field];
      if (value === undefined) continue;
      const masked = this.#value(value);
      if (masked !== value) changed = { ...changed, [field]: masked };
    }
    return maskedTexts(changed ? ({ ...sample, ...changed } as Sample) : sample, this.#textOf);
  }

  /** Of strings in lists and objects; the same value where nothing is hidden. */
  #value(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value);
    if (typeof value !== 'object' || value === null) return value;
    let changed = false;
    const masked = Object.entries(value).map(([key, part]) => {
      const one = this.#value(part);
      changed ||= one !== part;
      return [key, one] as const;
    });
    if (!changed) return value;
    return Array.isArray(value) ? masked.map(([, part]) => part) : Object.fromEntries(masked);
  }
}

/** The sample with its texts masked: the same one where nothing is hidden in them. */
export function maskedTexts<S extends Sample>(sample: S, mask: (text: string) => string): S {
  const fields = sample as Written;
  let changed: Written | undefined;
  for (const field of TEXTS) {
    const value = fields[field];
    if (typeof value !== 'string') continue;
    const masked = mask(value);
    if (masked !== value) changed = { ...changed, [field]: masked };
  }
  return changed ? { ...sample, ...changed } : sample;
}
