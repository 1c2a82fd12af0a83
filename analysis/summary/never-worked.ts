/**
 * What failed each time, whether the failure is a known defect or not. Without warm-up, as in the tables of calls, steps and
 * roles: the same thing has one count.
 */
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { isAttempt } from './attempt.ts';
import type { About, Collector } from './collector.ts';
import { newPassTroubles } from './pass-troubles.ts';
import type { NeverWorked } from './summary.ts';

interface Tally {
  n: number;
  failed: number;
  defects: Set<string>;
  /** Of a journey: nothing says why it failed once, or something that is no known defect does. */
  isUnknown?: true;
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
    defects: readonly string[],
    isUnknown = false,
  ): void => {
    let tally = tallies[kind].get(name);
    if (!tally) {
      tally = { n: 0, failed: 0, defects: new Set() };
      tallies[kind].set(name, tally);
    }
    tally.n += 1;
    if (ok) return;
    tally.failed += 1;
    if (isUnknown) tally.isUnknown = true;
    for (const defect of defects) tally.defects.add(defect);
  };
  const troubles = newPassTroubles();

  return {
    samples: {
      journey(sample) {
        const met = troubles.end({ session: sample.session, journey: sample.name });
        if (sample.warmup || !isAttempt(sample)) return;
        const isUnknown = met.length === 0 || met.some(({ defect }) => defect === undefined);
        add(
          'journey',
          sample,
          met.flatMap(({ defect }) => defect ?? []),
          isUnknown,
        );
      },
      step(sample, about) {
        troubles.failed(sample, about);
        if (!sample.warmup && isAttempt(sample)) add('step', sample, defectsOf(about));
      },
      /** A request that was refused for the number of them, or taken back by its page, shows nothing of its operation. */
      request(sample, about) {
        troubles.failed(sample, about);
        const isLimited = !sample.ok && sample.status === TOO_MANY_REQUESTS;
        if (!sample.warmup && !isLimited && isAttempt(sample)) add('request', sample, defectsOf(about));
      },
      check: troubles.failed,
      error: troubles.failed,
    },
    events: { 'known-defect': troubles.defect },
    into(summary) {
      summary.doesNotWork = KINDS.flatMap((kind) =>
        [...tallies[kind]]
          .filter(([, { n, failed }]) => failed === n)
          .map(([name, { n, defects, isUnknown }]) => ({
            ...{ kind, name, n },
            defects: isUnknown ? [] : [...defects].sort(),
          })),
      ).sort((one, other) => other.n - one.n || one.name.localeCompare(other.name));
    },
  };
}

function defectsOf({ defect }: Pick<About, 'defect'>): string[] {
  return defect === undefined ? [] : [defect];
}
