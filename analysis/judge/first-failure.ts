/** What failed first, of what made a limit on failures fail: one mistake breaks several limits, and none of them says where. */
import { parseMetricKey } from '../../config/metric-key.ts';
import type { RunShare } from '../../config/run-figure.ts';
import { parseMetric, splitProfile } from '../../config/threshold-metric.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import type { ErrorGroup } from '../summary/summary.ts';

type Concerns = (group: ErrorGroup) => boolean;

const ofKind =
  (...kinds: ErrorGroup['kind'][]): Concerns =>
  ({ kind }) =>
    kinds.includes(kind);
const anything: Concerns = () => true;

const ofErrorKind =
  (...kinds: ErrorGroup['errorKind'][]): Concerns =>
  ({ errorKind }) =>
    kinds.includes(errorKind);

/** What fails in each share; undefined: it is about times, refusals, or what was not measured. */
const SHARES: Record<RunShare, Concerns | undefined> = {
  'sessions.failed': anything,
  'journeys.failed': anything,
  'steps.errorRate': ofKind('step'),
  'requests.errorRate': ofKind('request'),
  'requests.rateLimited': undefined,
  'checks.failed': ofKind('check'),
  'browserChecks.failed': ofKind('check'),
  'page.errors': ofErrorKind('page-error'),
  'page.filesFailed': ofErrorKind('file-not-loaded'),
  'requests.resent': undefined,
  'audits.failed': ofErrorKind('audit'),
  'pages.lost': ofErrorKind('page-crashed', 'page-closed'),
  availability: ofKind('request'),
  'availability.withDefects': ofKind('request'),
  apdex: undefined,
  completeness: undefined,
};

/** @param gates of one profile, named as `thresholds.yml` names them. Gives one reason, or none. */
export function firstFailure(
  gates: readonly JudgedGate[],
  { errors }: Pick<Observations, 'errors'>,
): Reason<'first-failure'>[] {
  const concerns = failuresConcerned(gates);
  const [first] = errors
    .filter((group) => group.firstAt !== undefined && concerns(group))
    .sort((a, b) => (a.firstAt as number) - (b.firstAt as number));
  if (!first) return [];
  // A request that failed during a step: what the user waited for in it, and the picture, are the step's.
  const step = first.kind === 'step' ? undefined : stepOf(first, errors);
  const { kind, name, message, journey, page, count, warmup = 0, screenshot, firstAt = 0 } = step ?? first;
  const cause = step && { kind: first.kind, name: first.name, message: first.message };
  return [
    {
      verdict: 'fail',
      code: 'first-failure',
      ...{ kind, name, message, journey, page, count: count - warmup, screenshot, cause },
      ...(errors.some((group) => group.warmup) && { isAfterWarmup: true }),
      // Of what is named, as the table of errors has it: its cause has a moment of its own there.
      at: firstAt,
    },
  ];
}

/** Whether what failed is among what made one of these limits fail the run. */
export function failuresConcerned(
  gates: ReadonlyArray<Pick<JudgedGate, 'metric' | 'verdict'>>,
): (group: ErrorGroup) => boolean {
  const concerned = gates
    .filter(({ verdict }) => verdict === 'fail')
    .flatMap(({ metric }) => concernOf(metric) ?? []);
  return (group) => concerned.some((concerns) => concerns(group));
}

/** The step that failed for it, or nearest after it. */
function stepOf({ step, journey, firstAt = 0 }: ErrorGroup, errors: readonly ErrorGroup[]) {
  return errors
    .filter((one) => one.kind === 'step' && one.name === step && one.journey === journey)
    .filter((one) => one.firstAt !== undefined && one.firstAt >= firstAt)
    .sort((a, b) => (a.firstAt as number) - (b.firstAt as number))[0];
}

/** Of a limit on failures: those that it is about. @param metric of a run of several profiles with `<profile>: ` before it */
export function concernOf(metric: string): Concerns | undefined {
  const expression = parseMetric(splitProfile(metric).own);
  if (typeof expression === 'string') return undefined;
  if (expression.kind === 'share') return SHARES[expression.share];
  if (expression.kind !== 'figure' || expression.figure !== 'errors') return undefined;
  const key = parseMetricKey(expression.metric);
  if (key?.kind === 'step') return ({ kind, name }) => kind === 'step' && name === key.name;
  if (key?.kind === 'request') return ({ kind, name }) => kind === 'request' && name === key.name;
  if (key?.kind === 'class') return ofKind('request');
  return anything;
}
