/**
 * What failed each time, whether the failure is a known defect or not. Without warm-up, as in the tables of calls, steps and
 * roles: the same thing has one count.
 */
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { isAttempt } from './attempt.ts';
import type { About, Collector } from './collector.ts';
import type { NeverWorked } from './summary.ts';

interface Tally {
  n: number;
  failed: number;
  defects: Set<string>;
}

const KINDS = ['journey', 'step', 'request'] as const;

export function collectNeverWorked(): Collector {
  const tallies = {
    journey: new Map<string, Tally>(),
    step: new Map<string, Tally>(),
    request: new Map<string, Tally>(),
  };
  const add = (
    kind: NeverWorked['kind'],
    { name, ok }: { name: string; ok: boolean },
    about: About,
  ): void => {
    let tally = tallies[kind].get(name);
    if (!tally) {
      tally = { n: 0, failed: 0, defects: new Set() };
      tallies[kind].set(name, tally);
    }
    tally.n += 1;
    if (!ok) tally.failed += 1;
    if (about.defect !== undefined) tally.defects.add(about.defect);
  };

  return {
    samples: {
      journey(sample, about) {
        if (!sample.warmup && isAttempt(sample)) add('journey', sample, about);
      },
      step(sample, about) {
        if (!sample.warmup && isAttempt(sample)) add('step', sample, about);
      },
      /** A request that was refused for the number of them, or taken back by its page, shows nothing of its operation. */
      request(sample, about) {
        const isLimited = !sample.ok && sample.status === TOO_MANY_REQUESTS;
        if (!sample.warmup && !isLimited && isAttempt(sample)) add('request', sample, about);
      },
    },
    into(summary) {
      summary.doesNotWork = KINDS.flatMap((kind) =>
        [...tallies[kind]]
          .filter(([, { n, failed }]) => failed === n)
          .map(([name, { n, defects }]) => ({ kind, name, n, defects: [...defects].sort() })),
      ).sort((one, other) => other.n - one.n || one.name.localeCompare(other.name));
    },
  };
}
