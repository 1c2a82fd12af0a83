/** What `class.crud.p95` and its like are called in words, for readers who never saw config/thresholds.yml. */
import type { FigureName } from '../../config/figure-name.ts';
import { type MetricKey, parseMetricKey } from '../../config/metric-key.ts';
import type { OperationClass } from '../../config/operation-classes.ts';
import { parseFindingKey, type RunShare } from '../../config/run-figure.ts';
import { parseMetric, splitProfile } from '../../config/threshold-metric.ts';
import type { VitalName } from '../../config/vitals.ts';
import type { Unit } from '../../measure/run/units.ts';
import { capitalized, plural, quantity } from '../format.ts';

const SHARES: Record<RunShare, string> = {
  'sessions.failed': 'Failed user sessions',
  'journeys.failed': 'Failed journeys',
  'steps.errorRate': 'Failed steps in browsers',
  'requests.errorRate': 'Failed requests',
  'requests.rateLimited': 'Requests refused by a rate limit',
  'requests.resent': 'Requests sent twice',
  'checks.failed': 'Failed checks of answers',
  'page.errors': 'Page views with a script error',
  'page.filesFailed': 'Page views that lacked a file',
  'browserChecks.failed': 'Failed checks of pages',
  availability: 'Requests with an answer',
  'availability.withDefects': 'Requests with an answer, known defects included',
  'audits.failed': 'Failed audits',
  'pages.lost': 'Sessions that lost their browser page',
  apdex: 'Satisfaction with the speed of steps (Apdex)',
  completeness: 'Web Vitals captured',
};

const CLASSES: Record<OperationClass, string> = {
  auth: 'Sign-ins',
  crud: 'Simple reads',
  complex: 'Long lists, checks and reports',
  business: 'Swaps',
  write: 'Simple writes',
  generation: 'Generating schedules',
  resilience: 'Resilience reports',
};

const VITALS: Record<VitalName, string> = {
  LCP: 'Main content on screen (LCP)',
  INP: 'Answer to a click or key (INP)',
  CLS: 'Unexpected movement (CLS)',
  FCP: 'First content on screen (FCP)',
  TTFB: 'First byte of a page (TTFB)',
  TBT: 'Time blocked by scripts (TBT)',
};

/** Before a value. */
const FIGURES: Partial<Record<FigureName, string>> = {
  p50: 'half within',
  p75: '75 % within',
  p90: '90 % within',
  p95: '95 % within',
  p99: '99 % within',
  min: 'fastest',
  mean: 'on average',
  max: 'slowest',
  errors: 'failed',
};

/** `Simple reads`, `Step “open absences”`; of a text that is no metric, the text itself. */
export function plainName(metric: string): string {
  const { profile, own } = splitProfile(metric);
  const expression = parseMetric(own);
  if (typeof expression === 'string') return metric;
  if (expression.kind === 'share') return profile + SHARES[expression.share];
  if (expression.kind === 'finding') return profile + nameOfFinding(expression.key);
  const key = parseMetricKey(expression.metric);
  return profile + (key ? nameOfKey(key) : own);
}

/**
 * `95 % within 455 ms`; `455 ms, a single value` and `2 values, too few for a figure` where a percentile would be of one or two.
 * @param n values behind it
 */
export function plainValue(metric: string, value: number | null, unit: Unit, n: number): string {
  const expression = parseMetric(splitProfile(metric).own);
  const figure =
    typeof expression !== 'string' && expression.kind === 'figure' ? expression.figure : undefined;
  const text = quantity(value, unit);
  if (value === null) return 'no value';
  if (figure === undefined || !FIGURES[figure]) return figure === 'n' ? `${text} in all` : text;
  if (figure !== 'errors' && n === 1) return `${text}, a single value`;
  if (figure !== 'errors' && n === 2) return `${plural(n, 'value')}, too few for a figure`;
  if (figure === 'errors') return `${text} failed`;
  // Sizes and counts are no times.
  return `${unit === 'ms' ? FIGURES[figure] : FIGURES[figure].replace('within', 'at most')} ${text}`;
}

function nameOfFinding(text: string): string {
  const key = parseFindingKey(text);
  switch (key?.kind) {
    case 'recovery':
      return `Recovery from ${key.phase}`;
    case 'capacity':
      return key.of === 'users' ? 'Users carried' : `Users carried, ${key.of}`;
    case 'unresponsive':
      return {
        longest: 'Longest time without any answer',
        share: 'Share of the time without any answer',
        probes: 'Health probes without an answer',
      }[key.figure];
    case 'drift': {
      const own = `${key.of}.${key.figure}`;
      const of =
        key.figure === 'memory'
          ? `memory of the ${key.of === 'generator' ? 'generator' : 'target'}`
          : plainName(own);
      return `Growth ${key.total ? 'over the run' : 'in an hour'} of ${of}`;
    }
    default:
      return text;
  }
}

function nameOfKey({ kind, name = '', page, variant }: MetricKey): string {
  const of = page === undefined ? '' : page === '*' ? ', each page' : ` of ${page}`;
  const when = variant === 'cold' ? ', first views' : variant === 'from due' ? ', from when it was due' : '';
  return nameOfKind(kind, name) + of + when;
}

function nameOfKind(kind: MetricKey['kind'], name: string): string {
  switch (kind) {
    case 'class':
      return CLASSES[name as OperationClass] ?? name;
    case 'vital':
      return VITALS[name as VitalName] ?? name;
    case 'step':
    case 'journey':
      return capitalized(oneOrEach(kind, name));
    case 'request':
      return name === '*' ? 'Each call' : `Call ${name}`;
    case 'view':
      return `A page’s ${name}`;
    case 'stepCalls':
      return `Calls made by ${oneOrEach('step', name)}`;
    case 'stepBytes':
      return `Bytes for ${oneOrEach('step', name)}`;
    case 'journeyCalls':
      return `Calls made by ${oneOrEach('journey', name)}`;
    case 'journeyBytes':
      return `Bytes for ${oneOrEach('journey', name)}`;
    case 'audit': {
      const all = ['*.', '/*.'].find((start) => name.startsWith(start));
      return all ? `Each audit’s ${name.slice(all.length)}` : `Audit of ${name}`;
    }
    case 'session':
      return 'Whole user sessions';
    case 'target':
      return `The target’s own ${name}`;
    case 'server':
      return `Time in the server, ${name}`;
    case 'count':
      return capitalized(name);
  }
}

/** A limit on all of a kind, of which the run has none, has no name to call it by. */
function oneOrEach(kind: 'step' | 'journey', name: string): string {
  return name === '*' ? `each ${kind}` : `${kind} “${name}”`;
}
