/** One proof of `npm run test:truth`: something known is injected, and what the suite says of it is compared with it. */

export interface ProofOptions {
  /** Fewer trials: the form that runs in `.ci/run`. All proofs together then take less than two minutes. */
  short: boolean;
  /** Where faults lie and in which order they come follows from it: another one in each run, printed to repeat it. */
  seed: number;
}

/** One line of the table. All texts as printed. */
export interface ProofRow {
  /** What was looked at, e.g. `step "submit the absence"`. */
  what: string;
  /** What was injected, e.g. `200 ms`. */
  injected: string;
  /** What the suite found, e.g. `199.6 ms (median)`. */
  found: string;
  /** Number of observations behind `found`. */
  n: number;
  /** How far `found` may lie off, e.g. `± 10 ms`. */
  allowed: string;
  ok: boolean;
}

export interface Proof {
  /** A word to pick it by: `npm run test:truth -- delays`. */
  name: string;
  /** The question that it answers, as a heading. */
  title: string;
  /** None of its rows depends on how busy the machine is: in the short form it runs beside others like it. */
  patient?: true;
  run(options: ProofOptions): Promise<ProofRow[]>;
}
