/** A run of several profiles has a generator process for each: what all of them together used in each second. */
import { HOST_FIGURES } from '../../measure/run/machine.ts';
import type { GeneratorSample } from '../../measure/run/samples.ts';

/** What all have used, or have, together. */
const SUMS = [
  'cpu',
  'memoryMiB',
  'users',
  'browserUsers',
  'httpUsers',
  'planned',
  'started',
  'held',
  'heldMissing',
  'stopped',
] as const;
/** Of those, what is counted since the run began. */
const SO_FAR = ['planned', 'started'] as const;
/** What one has met was met by the run; figures of the machine are the same for all who look. */
const WORSTS = ['loopDelay', 'loopWait', 'loopUse', 'late', ...HOST_FIGURES] as const;

/** @param start of the run, ms since the epoch */
export function collectProcesses(start: number) {
  const processes = new Map<string, Map<number, GeneratorSample>>();

  return {
    add(sample: GeneratorSample): void {
      const name = sample.profile ?? '';
      const seconds = processes.get(name) ?? new Map<number, GeneratorSample>();
      processes.set(name, seconds);
      const s = Math.floor((sample.t - start) / 1000);
      const before = seconds.get(s);
      seconds.set(s, before ? worstOf(before, sample) : sample);
    },
    /**
     * One sample a second. Each process looks at moments of its own, and a busy one late: a second in which it did not look
     * is as its last one was, for half of the processes would else be half of the load.
     */
    seconds(): GeneratorSample[] {
      const filled = [...processes.values()].map(withoutGaps);
      const all = [...new Set(filled.flatMap((seconds) => [...seconds.keys()]))].sort((a, b) => a - b);
      const latest: GeneratorSample[] = [];
      return all.map((s) => {
        const there = filled.map((seconds) => seconds.get(s));
        for (const [index, sample] of there.entries()) if (sample) latest[index] = sample;
        const sample = together(there.filter((one) => one !== undefined));
        // Whose process has ended has started them all the same.
        for (const name of SO_FAR) set(sample, name, sumOf(latest.map((one) => one?.[name])));
        return { ...sample, t: start + s * 1000 };
      });
    },
  };
}

function withoutGaps(seconds: ReadonlyMap<number, GeneratorSample>): Map<number, GeneratorSample> {
  const known = [...seconds.keys()].sort((a, b) => a - b);
  const filled = new Map<number, GeneratorSample>();
  for (const [index, s] of known.entries()) {
    const sample = seconds.get(s) as GeneratorSample;
    for (let at = s; at < (known[index + 1] ?? s + 1); at += 1) filled.set(at, sample);
  }
  return filled;
}

/** Two looks of one process within a second. */
function worstOf(one: GeneratorSample, other: GeneratorSample): GeneratorSample {
  const both = { ...one, ...other };
  for (const name of [...SUMS, ...WORSTS]) set(both, name, mostOf([one[name], other[name]]));
  return both;
}

function together(samples: readonly GeneratorSample[]): GeneratorSample {
  const all = { ...(samples[0] as GeneratorSample) };
  delete all.profile;
  for (const name of WORSTS) set(all, name, mostOf(samples.map((sample) => sample[name])));
  for (const name of SUMS) set(all, name, sumOf(samples.map((sample) => sample[name])));
  return all;
}

function set(sample: GeneratorSample, name: (typeof SUMS | typeof WORSTS)[number], value?: number): void {
  if (value !== undefined) sample[name] = value;
}

function mostOf(values: ReadonlyArray<number | undefined>): number | undefined {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : Math.max(...told);
}

function sumOf(values: ReadonlyArray<number | undefined>): number | undefined {
  const told = values.filter((value) => value !== undefined);
  return told.length === 0 ? undefined : told.reduce((sum, value) => sum + value, 0);
}
