/** What a sample must hold before it may count: one number that is none would spoil a percentile in silence. */
import type { RunJson } from '../../measure/run/run.ts';
import type { CutShort, Sample, SampleKind } from '../../measure/run/samples.ts';

type Type = 'number' | 'text' | 'boolean' | 'object';

/** Fields of all kinds of samples (measure/run/samples.ts): a name means the same in each. */
const FIELDS: Record<Type, readonly string[]> = {
  number: [
    't value due started status blocked connect ttfb download fromDue bytes attempt cpu loopDelay memoryMiB users',
    'browserUsers httpUsers hostCpu load1 cpuPressure memoryPressure ioPressure sockets planned late stopped ms',
    'loopWait loopUse quota quotaLeft redirects offByAtMost repeat',
  ],
  text: [
    'kind name session role journey phase via page unit error errorKind failedStep clock class method requestId traceId redirectTo profile',
    'serverTiming step mode nav rating view screenshot aria consoleLog har trace',
  ],
  boolean: ['ok warmup interrupted cold expected restarted checked resent uncompressed'],
  object: ['data attribution figures cutShort'],
};

const TYPES = new Map(
  (Object.keys(FIELDS) as Type[]).flatMap((type) =>
    FIELDS[type].flatMap((names) => names.split(' ').map((name) => [name, type] as const)),
  ),
);

/** Without one of these a sample says nothing, beside `t` and `name`, which each has. */
const NEEDED: Record<SampleKind, readonly string[]> = {
  session: ['value', 'ok', 'started'],
  journey: ['value', 'ok'],
  step: ['value', 'ok'],
  request: ['value', 'ok', 'status', 'class'],
  vital: ['value', 'nav', 'view'],
  check: ['ok'],
  count: ['value'],
  error: ['error'],
  generator: ['loopDelay'],
  target: [],
  scrape: [],
  audit: ['mode', 'ok'],
  event: [],
};

const DAY_MS = 86_400_000;
/** Longer than any soak. By a clock that is wrong by years the timeline would else have as many seconds. */
export const MAX_RUN_MS = 8 * DAY_MS;

export interface Examined {
  /** Why it cannot be used at all. */
  unusable?: string;
  /** Fields that were taken out of it: it counts without them. */
  without?: string[];
}

/**
 * Looks at one sample as it was read, and takes out of it what is not of its field's type.
 * @param run absent: its times are not compared with the run's
 */
export function examine(sample: Sample, run?: Pick<RunJson, 'start'>): Examined {
  const { kind } = sample;
  const needed = NEEDED[kind];
  if (!needed) return { unusable: `unknown kind "${String(kind).slice(0, 30)}"` };
  const fields = sample as unknown as Record<string, unknown>;
  let without: string[] | undefined;
  for (const name in fields) {
    const type = TYPES.get(name);
    if (!type || isOf(type, fields[name])) continue;
    delete fields[name];
    without ??= [];
    without.push(name);
  }
  if (fields.cutShort !== undefined && !isCutShort(fields.cutShort)) {
    delete fields.cutShort;
    without ??= [];
    without.push('cutShort');
  }
  const missing = ['t', 'name', ...needed].find((name) => fields[name] === undefined);
  if (missing) {
    const what = without?.includes(missing) ? `is no ${TYPES.get(missing)}` : 'is missing';
    return { unusable: `${kind}: "${missing}" ${what}` };
  }
  if ((fields.value as number) < 0) return { unusable: `${kind}: "value" is negative` };
  if (run && isElsewhere(sample.t, run)) return { unusable: `${kind}: "t" lies outside of the run` };
  return { without: without?.map((name) => `${kind}: "${name}" is no ${TYPES.get(name)}`) };
}

function isCutShort(value: unknown): value is CutShort {
  const { code, text } = value as Partial<CutShort>;
  return isOf('text', code) && isOf('text', text);
}

function isOf(type: Type, value: unknown): boolean {
  if (type === 'number') return Number.isFinite(value); // JSON.parse makes Infinity of 1e999
  if (type === 'object') return typeof value === 'object' && value !== null;
  return typeof value === (type === 'text' ? 'string' : 'boolean');
}

function isElsewhere(t: number, run: Pick<RunJson, 'start'>): boolean {
  const start = Date.parse(run.start);
  return t < start - DAY_MS || t > start + MAX_RUN_MS;
}
