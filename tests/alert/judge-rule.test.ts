/** When each kind of rule fires, when its alert is over, and when nothing can be said. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { judgeRule } from '../../cli/alert/judge-rule.ts';
import { runsIn } from '../../cli/alert/runs-of-rule.ts';
import { baselineOf, withRuns, writeBaseline } from '../../compare/baseline-file.ts';
import { addRun, historyFolder } from '../../compare/history.ts';
import { directoryOfRun } from '../../compare/trend-runs.ts';
import type { AlertRule } from '../../config/alert-rules.ts';
import { type MetricExpression, parseMetric } from '../../config/threshold-metric.ts';
import { madeFigures, madeRun, madeSummary, spread } from '../compare/made-runs.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const { environment, profile } = madeFigures('any').like;
const SUBJECT = { name: 'a', profile, environment, severity: 'warning', runbook: 'docs/alerts.md' } as const;
const NOW = new Date('2026-11-30T12:00:00.000Z');

function reports(): string {
  return join(temporaryFolder(), 'runs');
}

/** A run directory that began this number of minutes before NOW. */
function ran(
  folder: string,
  minutesAgo: number,
  verdict: 'pass' | 'fail' | 'invalid' = 'pass',
  code?: string,
  ended: 'finished' | 'interrupted' = 'finished',
): string {
  const id = `run-${String(9999 - minutesAgo).padStart(4, '0')}`;
  return madeRun(folder, {
    id,
    change: (summary) => {
      summary.verdict = verdict;
      summary.run.ended = ended;
      summary.run.start = new Date(NOW.getTime() - minutesAgo * 60_000).toISOString();
      if (code !== undefined)
        summary.reasonDetails = [{ code, text: code } as (typeof summary.reasonDetails)[number]];
    },
  });
}

/** @param named a run directory */
function judged(condition: object, folder: string, named?: string) {
  const runs = { ...runsIn(folder), named: named === undefined ? undefined : directoryOfRun(named) };
  return judgeRule({ ...SUBJECT, ...condition } as AlertRule, runs, NOW);
}

const threshold = (expression: string, limit: number) => ({
  kind: 'threshold',
  expression,
  metric: parseMetric(expression) as MetricExpression,
  limit,
});

test('threshold: fires beyond the limit, with what was seen, and is over within it', () => {
  const folder = reports();
  ran(folder, 5);
  const { value } = madeSummary({ id: 'x' }).primary.find(({ metric }) => metric === 'class.crud.p95') ?? {};
  assert.ok(value);
  const firing = judged(threshold('class.crud.p95', value / 2), folder);
  assert.equal(firing.outcome, 'firing');
  assert.match(firing.text, /^expected ≤ .* ms, but class\.crud\.p95 was .* ms \(n = \d+\)$/);
  assert.equal(firing.run, 'run-9994');
  assert.equal(judged(threshold('class.crud.p95', value * 2), folder).outcome, 'over');
});

test('threshold: by the newest run alone, or by the one that is named', () => {
  const folder = reports();
  const named = ran(folder, 60);
  rmSync(join(ran(folder, 5), 'summary.json'));
  const rule = threshold('class.crud.p95', 1);
  assert.match(judged(rule, folder).text, /run-9994: not concluded yet\. /);
  assert.equal(judged(rule, folder).outcome, 'unknown');
  assert.equal(judged(rule, folder, named).outcome, 'firing');
});

test('threshold: fires where there are no samples, and says nothing of an invalid run, or without one', () => {
  const folder = reports();
  assert.equal(judged(threshold('class.crud.p95', 1), folder).outcome, 'unknown');
  ran(folder, 9);
  const none = judged(threshold('step.nobody does this.p95', 1), folder);
  assert.deepEqual(
    [none.outcome, none.text],
    ['firing', 'step.nobody does this.p95: expected ≤ 1 ms, but there are no samples'],
  );
  ran(folder, 5, 'invalid');
  assert.equal(judged(threshold('class.crud.p95', 1), folder).outcome, 'unknown');
});

test('probe: fires when as many runs failed as it takes, or the target died, and is over by one that passes', () => {
  const folder = reports();
  const rule = { kind: 'probe', failures: 2, silence: 900 };
  assert.equal(judged(rule, folder).outcome, 'unknown');
  ran(folder, 14);
  assert.equal(judged(rule, folder).outcome, 'over');
  ran(folder, 10, 'fail');
  assert.equal(judged(rule, folder).outcome, 'unknown');
  ran(folder, 7, 'invalid', 'machine-busy');
  ran(folder, 5, 'invalid', 'target-died');
  const firing = judged(rule, folder);
  assert.deepEqual(
    [firing.outcome, firing.text, firing.run],
    ['firing', 'the newest 2 runs failed', 'run-9994'],
  );
  ran(folder, 1);
  assert.equal(judged(rule, folder).outcome, 'over');
});

test('a run that was interrupted before anything failed says nothing, to a threshold and to a probe', () => {
  const folder = reports();
  ran(folder, 9, 'fail');
  ran(folder, 8, 'fail');
  ran(folder, 5, 'pass', undefined, 'interrupted');
  const probe = { kind: 'probe', failures: 2, silence: 900 };
  assert.deepEqual(
    [judged(probe, folder).outcome, judged(probe, folder).text],
    ['firing', 'the newest 2 runs failed'],
  );
  assert.equal(judged(threshold('step.nobody does this.p95', 1), folder).outcome, 'unknown');
});

test('probe: a target that cannot be reached leaves no run, and silence fires', () => {
  const folder = reports();
  ran(folder, 16);
  ran(folder, 3, 'invalid', 'machine-busy');
  const { outcome, text } = judged({ kind: 'probe', failures: 2, silence: 900 }, folder);
  assert.deepEqual(
    [outcome, text],
    ['firing', 'no result since 2026-11-30T11:44:00.000Z: not reached, or not started'],
  );
});

test('no data: counts runs of the history too, fires when the newest is too old, and where there never was one', () => {
  const folder = reports();
  const rule = { kind: 'no-data', after: 3600 };
  assert.equal(judged(rule, folder).outcome, 'firing');
  ran(folder, 61);
  assert.equal(judged(rule, folder).outcome, 'firing');
  addRun(
    historyFolder(folder),
    madeFigures('kept', 0, (run) => {
      run.start = '2026-11-30T11:30:00.000Z';
    }),
  );
  assert.equal(judged(rule, folder).outcome, 'over');
});

test('regression: as detect judges the newest three against the baseline', () => {
  const folder = reports();
  const rule = { kind: 'regression', threshold: 0.1 };
  assert.match(judged(rule, folder).text, /^no baseline of /);
  const figures = spread(5, 1).map((factor, at) => madeFigures(`base-${at}`, at, scaled(factor)));
  writeBaseline(baselineOf({ environment, profile }, folder), withRuns(undefined, figures, {}));
  for (const [at, factor] of spread(2, 2).entries()) keep(folder, `now-${at}`, 10 + at, factor * 1.6);
  assert.equal(judged(rule, folder).text, '2 runs after the baseline; it takes 3');
  keep(folder, 'now-2', 12, 1.6);
  const worse = judged(rule, folder);
  assert.deepEqual([worse.outcome, worse.run], ['firing', 'now-2'], worse.text);
  for (const [at, factor] of spread(3, 3).entries()) keep(folder, `later-${at}`, 20 + at, factor);
  const { outcome, text } = judged(rule, folder);
  assert.notEqual(outcome, 'firing', text);
  const renewed = spread(5, 1).map((factor, at) => madeFigures(`new-${at}`, 30 + at, scaled(factor)));
  writeBaseline(baselineOf({ environment, profile }, folder), withRuns(undefined, renewed, {}));
  assert.equal(judged(rule, folder).text, '0 runs after the baseline; it takes 3', 'older runs are no news');
});

test('trend: fires for a change for the worse of late, and not for one of long ago', () => {
  const folder = reports();
  const rule = { kind: 'trend', expression: 'class.crud.p95', within: 14 * 86_400 };
  for (const [at, factor] of spread(12, 4).entries()) {
    keep(folder, `run-${at}`, at, at < 6 ? factor : factor * 2);
    if (at === 5) assert.equal(judged(rule, folder).text, '6 runs that are alike; it takes 10');
  }
  const firing = judged(rule, folder);
  assert.equal(firing.outcome, 'firing', firing.text);
  assert.match(firing.text, /^class\.crud\.p95 \+\d.* since 2026-11-29$/);
  assert.equal(judged({ ...rule, within: 60 }, folder).outcome, 'over');
  assert.equal(judged({ ...rule, expression: 'class.write.p99' }, folder).outcome, 'unknown');
});

test('a run that is named is judged as of its own time: silence since then is no news', () => {
  const folder = reports();
  const named = ran(folder, 600);
  assert.equal(judged({ kind: 'no-data', after: 3600 }, folder).outcome, 'firing');
  assert.equal(judged({ kind: 'no-data', after: 3600 }, folder, named).outcome, 'over');
  const probe = { kind: 'probe', failures: 2, silence: 900 };
  assert.equal(judged(probe, folder).outcome, 'firing');
  assert.equal(judged(probe, folder, named).outcome, 'over');
});

test('trend: a run that is named is judged with those before it, and its change is of late then', () => {
  const folder = reports();
  const rule = { kind: 'trend', expression: 'class.crud.p95', within: 600 };
  for (const [at, factor] of spread(12, 4).entries())
    keep(folder, `run-${at}`, at, at < 6 ? factor : factor * 2);
  const start = madeFigures('last', 12).start;
  const change = (summary: ReturnType<typeof madeSummary>) => {
    summary.run.start = start;
  };
  const named = madeRun(folder, { id: 'last', factor: 2, change });
  assert.equal(judged(rule, folder).outcome, 'over', 'long ago');
  const { outcome, text, run } = judged(rule, folder, named);
  assert.deepEqual([outcome, run], ['firing', 'last'], text);
  // More runs of another size came since: now they are the ones that are alike.
  for (let at = 20; at < 40; at += 1)
    addRun(
      historyFolder(folder),
      madeFigures(`other-${at}`, at, (made) => {
        made.like.phases = 'others';
      }),
    );
  assert.equal(judged(rule, folder, named).run, 'last');
  const elsewhere = madeRun(reports(), { id: 'elsewhere', change });
  assert.match(
    judged(rule, folder, elsewhere).text,
    /^elsewhere: not among the runs that are alike: neither in REPORTS_DIR nor in the history$/,
  );
});

test('a damaged history makes a rule unknown, with the file', () => {
  const folder = reports();
  const runs = join(historyFolder(folder), 'runs', environment, profile);
  mkdirSync(runs, { recursive: true });
  writeFileSync(join(runs, 'x.json'), '{');
  const { outcome, text } = judged({ kind: 'no-data', after: 60 }, folder);
  assert.equal(outcome, 'unknown');
  assert.match(text, /x\.json: damaged/);
});

function scaled(factor: number) {
  return (run: ReturnType<typeof madeFigures>): void => {
    for (const one of run.primary) if (one.unit === 'ms' && one.value !== null) one.value *= factor;
    for (const one of Object.values(run.metrics))
      if (one.unit === 'ms')
        one.quantiles = one.quantiles.map((value) => (value === null ? null : value * factor));
  };
}

function keep(folder: string, id: string, minute: number, factor: number): void {
  addRun(historyFolder(folder), madeFigures(id, minute, scaled(factor)));
}
