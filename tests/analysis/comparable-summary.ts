/**
 * What a summary says, without its wording: every figure, name, verdict and gate. Where a field or a name of a summary
 * changes, this file alone says how the old one corresponds to the new one; the recorded runs stay as they are.
 */
import { RENAMED as RENAMED_BY_KIND } from '../../analysis/read/schema-1-names.ts';
import type { GateResult } from '../../analysis/summary/gate-result.ts';
import { literally } from '../../config/literally.ts';

/** Steps, journeys, scenarios and others by their old names, and what they are called now; `…` is any text. */
const RENAMED: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(RENAMED_BY_KIND), {
  api: 'http',
  apiUsers: 'httpUsers',
  peakApiUsers: 'peakHttpUsers',
});

/** Sentences of which their numbers count. `*`: any index or name. */
const NUMBERS_COUNT = ['headline', 'reasons.*', 'notes.*.text', 'answers.*'];
/** What is wording alone, and where a limit is written down. */
const NOTHING_COUNTS = [
  'schema', // of the format
  'gates.*.message',
  'gates.*.where', // a line of config/thresholds.yml
  'gates.*.why',
  'knownDefects.*.reason',
  'damage.*.what',
  'leftovers.*.why',
];
/** Sentences of which it counts that they are there. */
const PRESENCE_COUNTS = ['brokenOff', 'findings.*.missing', 'levels.*.generator', 'run.interruptedBy'];

/** Lists in the order of names, which another name changes. */
const SORTED_BY_NAME = [
  'operations.*.via',
  'steps',
  'steps.*.journeys',
  'journeys',
  'checks',
  'counters',
  'gates',
];

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

/** The headlines of the recorded runs had them by where they ran alone. */
const CONCURRENT_USERS = /[\d,\u202f\u00a0 ]+ concurrent users?(?=,)/;

export interface Recorded {
  headline: string | { text: string };
  gates: object[];
  primary: object[];
  levels: Array<{ limits: Array<{ verdict: string }> }>;
  operations?: Array<{ spent?: unknown }>;
  timeline?: Array<{ p50?: unknown }>;
  completeness?: { counted?: unknown };
  reasonDetails?: unknown;
  goals?: unknown;
  journeysByRole?: unknown;
  phases?: unknown;
  latencyMap?: unknown;
  slowestPasses?: unknown;
  timeParts?: unknown;
  advice?: unknown;
}

/**
 * A summary of today in the form that summaries had when the runs were recorded: the headline was one sentence; gates had
 * no reason, and `fewest` only where none of too few attempts had failed; limits of a level were
 * passed, broken, or had too few samples.
 */
export function asRecorded({
  reasonDetails: _,
  goals: _goals,
  journeysByRole: _roles,
  phases: _phases,
  latencyMap: _map,
  slowestPasses: _passes,
  timeParts: _times,
  advice: _advice,
  ...summary
}: Recorded): unknown {
  const { headline, gates, primary, levels, operations, completeness, timeline } = summary;
  // Its sums are tested by themselves (sums.test.ts).
  const { counted: _counted, ...complete } = completeness ?? {};
  return {
    ...summary,
    headline: typeof headline === 'string' ? headline : headline.text.replace(CONCURRENT_USERS, ''),
    gates: gates.map((gate) => ('reason' in gate ? gateAsRecorded(gate as GateResult) : gate)),
    timeline: timeline?.map(({ p50: _median, ...second }) => second),
    operations: operations?.map(({ spent: _spent, ...operation }) => operation),
    ...(completeness && { completeness: complete }),
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
    reason,
    limit: _l,
    side: _s,
    missing: _m,
    builtIn: _b,
    of: _of,
    isOneOfMany: _many,
    needed,
    ...recorded
  } = gate;
  return { ...recorded, fewest: reason === 'rate-unconfirmed' ? needed : undefined };
}

/** A summary or a sample with the names of today: as a value, as a key, and as a part of a metric's key. */
export function withNamesOfToday(value: unknown, renamed = RENAMED): unknown {
  const before = partOfKey(Object.keys(renamed));
  const named = (text: string) => text.replace(before, (name) => nameOfToday(name, renamed));
  return walked(value, [], (one) => (typeof one === 'string' ? named(one) : one), named);
}

/** A summary whose lists by name are in one order, whatever its names were when it was made. */
export function inOrderOfNames(summary: unknown): unknown {
  return walked(summary, [], (value, path) =>
    matches(SORTED_BY_NAME, path) && Array.isArray(value) ? sorted(value) : value,
  );
}

function sorted(list: readonly unknown[]): unknown[] {
  const keyOf = (one: unknown) => JSON.stringify(one, ['name', 'metric', 'journey', 'role', 'page']);
  return [...list].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** Groups of digits with what stands in them: `1 000`, `99.9`. */
/** Without the line of config/thresholds.yml: another limit above it moves it. */
function numbersIn(sentence: string): string[] {
  return sentence.replace(/, set in \S+:\d+/, '').match(/\d+(?:[.\u00a0\u202f ]\d+)*/g) ?? [];
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

const splitPatterns = new Map<readonly string[], string[][]>();

function matches(patterns: readonly string[], path: readonly string[]): boolean {
  // Every part of a summary is asked for, thousands of times.
  const split = splitPatterns.get(patterns) ?? patterns.map((pattern) => pattern.split('.'));
  splitPatterns.set(patterns, split);
  return split.some(
    (parts) => parts.length === path.length && parts.every((part, at) => part === '*' || part === path[at]),
  );
}

/** `open people` in `open people`, `step.open people.p95` and `load: step.open people.p95`; not in `open people again`. */
function partOfKey(names: readonly string[]): RegExp {
  const longestFirst = [...names].sort((one, other) => other.length - one.length).map(patternOf);
  const kind = '(?:step|journey|request|count|capacity)\\.';
  return new RegExp(
    `(?<=^|: |^after "|(?:^|: )${kind})(?:${longestFirst.join('|')})(?= cold$|$|\\.|"$)`,
    'g',
  );
}

function patternOf(name: string): string {
  return literally(name).replaceAll('…', '([^.]+)');
}

function nameOfToday(name: string, renamed: Readonly<Record<string, string>>): string {
  if (renamed[name] !== undefined) return renamed[name];
  for (const [before, now] of Object.entries(renamed)) {
    const parts = new RegExp(`^${patternOf(before)}$`).exec(name)?.slice(1);
    if (parts) return parts.reduce((text, part) => text.replace('…', () => part), now);
  }
  return name;
}
