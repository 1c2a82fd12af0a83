/** Searches for the most users that a target carries: which level to try next, and when the answer is good enough. */

/** What one level showed. */
export interface LevelOutcome {
  users: number;
  /** All limits were kept. */
  ok: boolean;
  /** The worst figure as a share of its limit: 0.5 is half of what is allowed, 2 twice. Absent: not known. */
  load?: number;
}

export interface SearchBounds {
  /** Users of the first level. */
  from: number;
  /** More are never tried. */
  most: number;
  /** How often the two levels at the edge are tried in all; default 3. */
  repeats?: number;
  /** The edge is narrow enough when it is no wider than this share of the users; default 5 %. */
  within?: number;
}

/** A level at the edge, and how often it showed what it stands for. */
export interface Edge {
  users: number;
  agreed: number;
  tried: number;
}

export interface CapacityAnswer {
  /** The most users that keep the limits; null: not even the fewest do. */
  holds: Edge | null;
  /** The fewest that break one; null: the most that were tried keep them. */
  breaks: Edge | null;
  /** high: both ends tried as often as planned and always the same; medium: mostly; low: not tried that often. */
  confidence: 'high' | 'medium' | 'low';
}

const REPEATS = 3;
const WITHIN = 0.05;
/** An outcome counts at least this much, however near to its limit it was … */
const MIN_WEIGHT = 0.1;
/** … and at most as one that was e times its limit, or an e-th of it. */
const MAX_WEIGHT = 1;

/**
 * Doubles the users until a limit breaks, halves the gap until it is narrow, then repeats its two ends. Outcomes near a
 * limit are partly chance: the edge is where it contradicts the fewest of them, each weighed by how far from the limit it
 * was, and when a repetition moves it the search goes on from there. It ends always: a level is tried `repeats` times at most.
 */
export class CapacitySearch {
  readonly #from: number;
  readonly #most: number;
  /** The fewest that saturated the generator: what is above cannot be found out. */
  #beyond: number | undefined;
  readonly #repeats: number;
  readonly #within: number;
  readonly #outcomes: LevelOutcome[] = [];

  constructor({ from, most, repeats = REPEATS, within = WITHIN }: SearchBounds) {
    this.#from = Math.min(from, most);
    this.#most = most;
    this.#repeats = repeats;
    this.#within = within;
  }

  /** Takes what a level showed. */
  tell(outcome: LevelOutcome): void {
    this.#outcomes.push(outcome);
  }

  /** That many users saturated the generator: they are not tried again. */
  tellBeyond(users: number): void {
    this.#beyond = lower(users, this.#beyond);
  }

  /** The fewest of those, where the target showed no end below them: from there on nothing is known. */
  get beyond(): number | undefined {
    const { high } = this.#edge();
    return high === undefined || (this.#beyond ?? high) < high ? this.#beyond : undefined;
  }

  /** Users of the next level; undefined: the search is done. */
  next(): number | undefined {
    if (this.#outcomes.length === 0 && this.#beyond === undefined) return this.#from;
    const { low, high: broken } = this.#edge();
    const high = lower(broken, this.#beyond);
    if (high === undefined) return low === this.#most ? this.#repeatOf([low]) : this.#above(low as number);
    const again = high === this.#beyond ? [] : [high];
    if (low === undefined) return high <= 1 ? this.#repeatOf(again) : Math.floor(high / 2);
    const gap = high - low;
    if (gap <= 0) return undefined; // what passed is beyond the generator itself now
    if (gap > Math.max(1, this.#within * low)) return low + Math.floor(gap / 2);
    return this.#repeatOf([low, ...again]);
  }

  answer(): CapacityAnswer {
    const { low, high } = this.#edge();
    const holds = low === undefined ? null : this.#at(low, true);
    const breaks = high === undefined ? null : this.#at(high, false);
    const ends = [holds, breaks].filter((end) => end !== null);
    const isNarrow = holds === null || breaks === null || this.#isDone();
    const confidence =
      ends.length === 0 || !isNarrow || ends.some(({ tried }) => tried < this.#repeats)
        ? 'low'
        : ends.every(({ agreed, tried }) => agreed === tried)
          ? 'high'
          : 'medium';
    return { holds, breaks, confidence };
  }

  #isDone(): boolean {
    return this.next() === undefined;
  }

  #above(users: number): number {
    return Math.min(users * 2, this.#most);
  }

  /** The one that was tried the least, as long as one was tried too little. */
  #repeatOf(levels: readonly number[]): number | undefined {
    const tried = levels.map((users) => ({ users, times: this.#at(users, true).tried }));
    return tried.filter(({ times }) => times < this.#repeats).sort((a, b) => a.times - b.times)[0]?.users;
  }

  #at(users: number, ok: boolean): Edge {
    const here = this.#outcomes.filter((outcome) => outcome.users === users);
    return { users, tried: here.length, agreed: here.filter((outcome) => outcome.ok === ok).length };
  }

  /**
   * Neighbouring levels between which the limit lies: of the places at which both showed mostly what they stand for the one
   * that fewest outcomes speak against; where two fit as well, the lower one.
   */
  #edge(): { low?: number; high?: number } {
    const levels = [...new Set(this.#outcomes.map(({ users }) => users))].sort((a, b) => a - b);
    const mostly = (users: number | undefined, ok: boolean) => {
      if (users === undefined) return true;
      const { agreed, tried } = this.#at(users, ok);
      return 2 * agreed >= tried;
    };
    const edges = Array.from({ length: levels.length + 1 }, (_, at) => {
      const [low, high] = [levels[at - 1], levels[at]];
      return { low, high, isSo: mostly(low, true) && mostly(high, false), against: this.#against(high) };
    });
    const [best] = edges.sort((a, b) => Number(b.isSo) - Number(a.isSo) || a.against - b.against);
    return { low: best?.low, high: best?.high };
  }

  /** Weight of the outcomes that would have to be chance, if that many users were the first that break a limit. */
  #against(firstBroken = Number.POSITIVE_INFINITY): number {
    return this.#outcomes
      .filter(({ users, ok }) => ok !== users < firstBroken)
      .reduce((sum, outcome) => sum + weightOf(outcome), 0);
  }
}

function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function weightOf({ load }: LevelOutcome): number {
  if (load === undefined) return MAX_WEIGHT;
  return Math.min(MAX_WEIGHT, MIN_WEIGHT + Math.abs(Math.log(load)));
}
