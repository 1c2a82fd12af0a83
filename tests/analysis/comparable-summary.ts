/**
 * What a summary says, without its wording: every figure, name, verdict and gate. Where a field or a name of a summary
 * changes, this file alone says how the old one corresponds to the new one; the recorded runs stay as they are.
 */
import { type GateResult, isUnbrokenRate } from '../../analysis/summary/gate-result.ts';

/** Steps, journeys, operations and scenarios by their old names, and what they are called now. */
export const RENAMED: Readonly<Record<string, string>> = {};

/** Sentences of which their numbers count. `*`: any index or name. */
const NUMBERS_COUNT = ['headline', 'reasons.*', 'answers.*'];
/** What is wording alone, and where a limit is written down. */
const NOTHING_COUNTS = [
  'schema', // of the format
  'gates.*.message',
  'gates.*.where', // a line of config/thresholds.yml
  'gates.*.why',
  'knownDefects.*.reason',
  'damage.*.what',
  'errors.*.errorKind', // in no summary of that time
  'leftovers.*.why',
];
/** Sentences of which it counts that they are there. */
const PRESENCE_COUNTS = ['brokenOff', 'findings.*.missing', 'levels.*.generator', 'run.interruptedBy'];

/** Codes that were words in the recorded summaries. */
const CODES = ['run.ended', 'disturbances.*.what'];
const CODE_OF: Readonly<Record<string, string>> = { 'stopped by a threshold': 'stopped-by-threshold' };

/** As read from `summary.json`: what is not in the file is not compared. */
export function comparable(summary: unknown): unknown {
  return walked(asRecorded(summary as Recorded), [], (value, path) => {
    if (matches(NOTHING_COUNTS, path)) return undefined;
    if (matches(PRESENCE_COUNTS, path)) return true;
    if (matches(NUMBERS_COUNT, path)) return numbersIn(String(value));
    if (matches(CODES, path)) return CODE_OF[String(value)] ?? String(value).replaceAll(' ', '-');
    return value;
  });
}

interface Recorded {
  headline: string | { text: string };
  gates: object[];
  primary: object[];
  levels: Array<{ limits: Array<{ verdict: string }> }>;
  reasonDetails?: unknown;
}

/**
 * A summary of today in the form that summaries had when the runs were recorded: the headline was one sentence; gates had a
 * verdict but neither outcome nor reason, and `fewest` only where none of too few attempts had failed; limits of a level were
 * held, broken, or had too few samples.
 */
function asRecorded({ reasonDetails: _, ...summary }: Recorded): unknown {
  const { headline, gates, primary, levels } = summary;
  return {
    ...summary,
    headline: typeof headline === 'string' ? headline : headline.text,
    gates: gates.map((gate) => ('outcome' in gate ? gateAsRecorded(gate as GateResult) : gate)),
    primary: primary.map((figure) => ({ ...figure, outcome: undefined })),
    levels: levels.map((level) => ({
      ...level,
      limits: level.limits.map((limit) => ({ ...limit, verdict: OUTCOMES[limit.verdict] ?? limit.verdict })),
    })),
  };
}

const OUTCOMES: Readonly<Record<string, string>> = {
  passed: 'held',
  failed: 'broken',
  inconclusive: 'too few',
};

function gateAsRecorded(gate: GateResult): unknown {
  const {
    outcome: _o,
    reason: _r,
    limit: _l,
    side: _s,
    missing: _m,
    builtIn: _b,
    needed,
    ...recorded
  } = gate;
  return { ...recorded, fewest: isUnbrokenRate(gate) ? needed : undefined };
}

/** A summary or a sample with the names of today: as a value, as a key, and as a part of a metric's key. */
export function withNamesOfToday(value: unknown, renamed = RENAMED): unknown {
  const pairs = Object.entries(renamed).map(([before, now]) => [partOfKey(before), now] as const);
  if (pairs.length === 0) return value;
  const named = (text: string) =>
    pairs.reduce((kept, [before, now]) => kept.replace(before, () => now), text);
  return walked(value, [], (one) => (typeof one === 'string' ? named(one) : one), named);
}

/** Groups of digits with what stands in them: `1 000`, `99.9`. */
function numbersIn(sentence: string): string[] {
  return sentence.match(/\d+(?:[.\u00a0\u202f ]\d+)*/g) ?? [];
}

type Change = (value: unknown, path: readonly string[]) => unknown;

function walked(
  value: unknown,
  path: readonly string[],
  change: Change,
  named: (key: string) => string = (key) => key,
): unknown {
  const changed = change(value, path);
  if (Array.isArray(changed)) return changed.map((one, at) => walked(one, [...path, `${at}`], change, named));
  if (typeof changed !== 'object' || changed === null) return changed;
  return Object.fromEntries(
    Object.entries(changed)
      .map(([key, one]) => [named(key), walked(one, [...path, key], change, named)] as const)
      .filter(([, one]) => one !== undefined),
  );
}

function matches(patterns: readonly string[], path: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split('.');
    return parts.length === path.length && parts.every((part, at) => part === '*' || part === path[at]);
  });
}

/** `open people` in `open people`, `step.open people.p95` and `load: step.open people.p95`; not in `open people again`. */
function partOfKey(name: string): RegExp {
  const literally = name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return new RegExp(`(?<=^|\\.|: )${literally}(?=$|\\.)`, 'g');
}
