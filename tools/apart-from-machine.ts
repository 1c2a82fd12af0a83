/** What a run was judged to be, had its machine not been busy: for tests whose subject is neither. */
import type { GeneratorReasons } from '../analysis/summary/reason.ts';
import type { Summary } from '../analysis/summary/summary.ts';

/** Whether others' work on the machine brings it about. What may as well be a fault of the suite does not count. */
const OF_THE_MACHINE: Record<keyof GeneratorReasons, boolean> = {
  'clock-jumped': true,
  'stood-still': true,
  suspended: true,
  'temporary-folder-full': false,
  'users-late': true,
  'loop-delayed': true,
  'loop-waits': true,
  'loop-busy': true,
  'cpu-exhausted': true,
  'generator-stalled': true,
  'generator-exhausted': false,
  'generator-unwatched': true,
  'generator-strained': true,
  'machine-full': true,
  'machine-busy': true,
};
const GRAVEST_FIRST = ['invalid', 'fail', 'warn'] as const;

/** Verdict and reasons (texts, in their order) without those of a busy machine. */
export function apartFromMachine({ reasonDetails }: Pick<Summary, 'reasonDetails'>): {
  verdict: Summary['verdict'];
  reasons: string[];
} {
  const left = reasonDetails.filter(({ code }) => !(OF_THE_MACHINE as Record<string, boolean>)[code]);
  const verdict = GRAVEST_FIRST.find((one) => left.some((reason) => reason.verdict === one)) ?? 'pass';
  return { verdict, reasons: left.map(({ text }) => text) };
}
