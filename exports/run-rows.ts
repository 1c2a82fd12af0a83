/** The figures of a run as rows, from `summary.json` and from nothing else. */
import type { GateResult } from '../analysis/summary/gate-result.ts';
import type { Figures, Summary } from '../analysis/summary/summary.ts';
import { parseMetricKey } from '../config/metric-key.ts';
import type { Verdict } from '../measure/run/run.ts';
import type { Interval } from '../measure/run/units.ts';
import { type Row, row } from './row.ts';

/** 0 and 1 are green, as exit codes of `pass` and `warn` are. */
export const VERDICT_CODES: Readonly<Record<Verdict, number>> = { pass: 0, warn: 1, fail: 2, invalid: 3 };
export const OUTCOME_CODES: Readonly<Record<GateResult['outcome'], number>> = {
  passed: 0,
  failed: 1,
  inconclusive: 2,
};

/**
 * All rows of a run. Their time is the end of the run; that of `loadtest_second` is its second. Labels are what was known when the
 * run began: what is concluded of it (verdict, outcomes) is a value, since another label would make a second series of the same run.
 */
export function runRows(summary: Summary): Row[] {
  const start = Date.parse(summary.run.start);
  const end = start + Math.round(summary.durationSeconds * 1000);
  const base = baseLabels(summary);
  return [
    ...wholeRun(summary, base, end),
    ...figures(summary, base, end),
    ...shares(summary, base, end),
    ...gates(summary, base, end),
    ...findings(summary, base, end),
    ...seconds(summary, base, start),
  ];
}

export type BaseLabels = Readonly<Record<'run' | 'profile' | 'environment', string>>;

/** Labels of every row of a run, live ones too. */
export function baseLabels({ id, run }: { id: string; run: Pick<Summary['run'], 'profiles' | 'target'> }) {
  return { run: id, profile: run.profiles.join('+'), environment: run.target.environment } as const;
}

function wholeRun(summary: Summary, base: BaseLabels, t: number): Row[] {
  const { run, verdict, counts, generator, targetProcess, unresponsive, gates } = summary;
  const labels = {
    ...base,
    runner: run.runner,
    label: run.label,
    target_version: run.target.version,
    suite_version: run.suite.version,
    suite_commit: run.suite.commit,
  };
  const outcomes = (outcome: GateResult['outcome']) =>
    gates.filter((gate) => gate.outcome === outcome).length;
  return row(
    'loadtest_run',
    labels,
    {
      verdict_code: VERDICT_CODES[verdict],
      exit_code: summary.exitCode,
      duration_seconds: summary.durationSeconds,
      samples: counts.samples,
      sessions_started: counts.sessions.started,
      sessions_failed: counts.sessions.failed,
      journeys_started: counts.journeys.started,
      journeys_failed: counts.journeys.failed,
      steps_started: counts.steps.started,
      steps_failed: counts.steps.failed,
      requests: counts.requests.n,
      requests_failed: counts.requests.failed,
      requests_excused: counts.requests.excused,
      requests_rate_limited: counts.requests.rateLimited,
      checks: counts.checks.n,
      checks_failed: counts.checks.failed,
      peak_users: counts.peakUsers,
      peak_browser_users: counts.peakBrowserUsers,
      peak_http_users: counts.peakHttpUsers,
      gates_passed: outcomes('passed'),
      gates_failed: outcomes('failed'),
      gates_inconclusive: outcomes('inconclusive'),
      apdex: summary.apdex.score,
      generator_cpu_p95: generator.cpuP95,
      generator_cpu_max: generator.cpuMax,
      generator_loop_delay_p95: generator.loopDelayP95,
      generator_memory_max_mib: generator.memoryMaxMiB,
      target_cpu_p95: targetProcess?.cpuP95,
      target_cpu_max: targetProcess?.cpuMax,
      target_memory_max_mib: targetProcess?.memoryMaxMiB,
      target_unresponsive_longest: unresponsive?.longest,
      target_unresponsive_share: unresponsive?.share,
    },
    t,
  );
}

function figures({ metrics }: Summary, base: BaseLabels, t: number): Row[] {
  return Object.entries(metrics).flatMap(([key, { unit, rate, ...of }]) => {
    const { kind, name, page, variant } = parseMetricKey(key) ?? { kind: 'other', name: key };
    return row('loadtest_figure', { ...base, kind, name, page, variant, unit }, { ...fields(of), rate }, t);
  });
}

function fields(of: Figures) {
  const { n, attempts, errors, min, mean, p50, p75, p90, p95, p99, max } = of;
  return {
    ...{ n, attempts, errors, min, mean, p50, p75, p90, p95, p99, max },
    ...ends('p50', of.p50ci),
    ...ends('p75', of.p75ci),
    ...ends('p90', of.p90ci),
    ...ends('p95', of.p95ci),
    ...ends('p99', of.p99ci),
  };
}

/** Fields `<figure>_low` and `<figure>_high` of a 95 % interval. */
function ends(figure: string, interval: Interval | undefined): Record<string, number | null | undefined> {
  return { [`${figure}_low`]: interval?.[0], [`${figure}_high`]: interval?.[1] };
}

function shares(summary: Summary, base: BaseLabels, t: number): Row[] {
  return Object.entries(summary.shares).flatMap(([name, { value, n, ci }]) =>
    row('loadtest_share', { ...base, name }, { value, n, ...ends('value', ci) }, t),
  );
}

/** Of limits on the same metric on the same side, `where` each is set tells them apart. */
function gates({ gates: all }: Summary, base: BaseLabels, t: number): Row[] {
  return all.flatMap(({ metric, level, side, unit, outcome, where, limit, observed, n }) => {
    const labels = { ...base, metric, level, side, unit, set_in: where };
    return row('loadtest_gate', labels, { limit, observed, n, outcome_code: OUTCOME_CODES[outcome] }, t);
  });
}

function findings(summary: Summary, base: BaseLabels, t: number): Row[] {
  return Object.entries(summary.findings).flatMap(([name, { value, unit, n, ci }]) =>
    value === null
      ? []
      : row('loadtest_finding', { ...base, name, unit }, { value, n, ...ends('value', ci) }, t),
  );
}

/** `browserUsers` of the timeline is the field `browser_users`. */
function seconds({ timeline }: Summary, base: BaseLabels, start: number): Row[] {
  return timeline.flatMap(({ s, held, heldMissing, ...of }) => {
    const named = Object.entries(of).map(([name, value]) => [snakeCase(name), value as number | null]);
    const fields = { ...Object.fromEntries(named), users_to_hold: held, users_to_hold_missing: heldMissing };
    return row('loadtest_second', base, fields, start + s * 1000);
  });
}

/** `memoryMiB` → `memory_mib` */
export function snakeCase(name: string): string {
  return name.replace('MiB', 'Mib').replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
