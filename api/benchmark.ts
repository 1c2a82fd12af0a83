import type { MutationKind } from '../config/changes.ts';
import type { AccountRole } from '../measure/run/samples.ts';
import type { HttpJourneyTools } from './journey.ts';

export type BenchmarkTools = Pick<HttpJourneyTools, 'api' | 'data' | 'change'>;

/** One benchmark, ready to be done. */
export interface BenchmarkWork {
  /** What a round needs; its time does not count. */
  before?(round: number): Promise<unknown>;
  /** One round: the time that the target takes for its requests counts. @param round from 0, warm-up included */
  run(round: number): Promise<unknown>;
  /** Takes back what the round made; its time does not count. Also after a round that failed. */
  after?(): Promise<unknown>;
  /** Rounds that there is something for. Absent: any number. */
  most?: number;
}

/** One thing that the target does, timed by one client without any concurrency. */
export interface Benchmark {
  /** Also the name of its metric, `journey.<name>`: no dot in it. */
  readonly name: string;
  /** What is timed, in one line. */
  readonly about: string;
  /** Who may do it. */
  readonly roles: readonly AccountRole[];
  /** What it changes, and takes back. Empty: it only reads. */
  readonly changes: readonly MutationKind[];
  /** Looks for what it needs; gives a text instead when the target has nothing for it. */
  prepare(tools: BenchmarkTools): Promise<BenchmarkWork | string>;
}

export function defineBenchmark(
  benchmark: Omit<Benchmark, 'roles' | 'changes'> & Partial<Pick<Benchmark, 'roles' | 'changes'>>,
): Benchmark {
  return { roles: ['admin', 'coordinator'], changes: [], ...benchmark };
}
