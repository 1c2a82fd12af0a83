/** What hangs: it has no time yet, but it is at least as old as it is. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { judgeLevel } from '../../artillery/steering/level.ts';
import { failedFor } from '../../artillery/steering/limit-watch.ts';
import { LiveFeed } from '../../artillery/steering/live-feed.ts';
import { LiveFigures } from '../../artillery/steering/live-figures.ts';
import { type MetricExpression, parseMetric } from '../../config/threshold-metric.ts';
import type { Threshold } from '../../config/thresholds.ts';
import { type GroupUnderWay, noteBegun, noteEnded, type UnderWay } from '../../measure/run/under-way.ts';

const SECONDS = 30;
const limitOn = (expression: string, limit: number): Threshold => ({
  expression,
  metric: parseMetric(expression) as MetricExpression,
  level: 'error',
  limit,
  breaking: true,
  abortAfter: SECONDS,
  where: 'here:1',
});
const COMPLEX = limitOn('class.complex.p95', 3000);
const CRUD = limitOn('class.crud.p95', 500);
const FROM = 1_000_000;
const TO = FROM + SECONDS * 1000;
const USERS = { 'residents over HTTP': 10 };
const BEGUN = (ago: number) => TO - ago;
const hanging = (...ages: number[]): GroupUnderWay => ({
  kind: 'request',
  name: 'schedule.validate',
  class: 'complex',
  begun: ages.map(BEGUN),
});

/** A level in which simple reads are quick, and so were those complex ones that ended. */
function level(endedComplex: number, underWay: GroupUnderWay[], thresholds = [CRUD, COMPLEX]) {
  const figures = new LiveFigures(
    thresholds.map(({ metric }) => metric),
    600_000,
  );
  const feed = new LiveFeed(figures, { match: () => undefined });
  const spread = (n: number) => Array.from({ length: n }, (_, i) => FROM + (i * SECONDS * 1000) / n);
  const good = (ofClass: 'crud' | 'complex', n: number) => ({
    class: ofClass,
    t: spread(n),
    ms: spread(n).map(() => 50),
  });
  feed.notes({
    good: { 'people.list': good('crud', 300), 'schedule.validate': good('complex', endedComplex) },
    others: [],
    checks: [],
    underWay,
  });
  return { figures, judged: judgeLevel(figures, thresholds, USERS, { from: FROM, to: TO }) };
}
const twenty = (age: number) => Array.from({ length: 20 }, () => age);

const marks: UnderWay[] = [];
afterEach(() => {
  for (const mark of marks.splice(0)) noteEnded(mark);
});

test('a level whose complex reads hang is not kept, however few of them ended', () => {
  assert.equal(level(3, []).judged.ok, true);
  for (const [done, ages] of [
    [3, twenty(25_000)],
    [0, twenty(25_000)],
    [3, [25_000, 20_000, 15_000, 9000, 4000]],
    [40, [...twenty(10), 25_000, 24_000, 23_000, 22_000, 21_000]],
  ] as const) {
    const { ok, limits } = level(done, [hanging(...ages)]).judged;
    assert.equal(ok, false, `${done} ended, ${ages.length} under way`);
    const complex = limits.find(({ metric }) => metric === 'class.complex.p95');
    assert.deepEqual(
      [complex?.verdict, complex?.n, complex?.unended],
      ['failed', done + ages.length, ages.length],
    );
    assert.ok((complex?.observed ?? 0) > 3000);
  }
});

test('what has only just begun, was begun later or hangs alone among many says nothing', () => {
  for (const ages of [twenty(400), twenty(-100), [25_000]]) {
    const { ok, limits } = level(60, [hanging(...ages)]).judged;
    assert.equal(ok, true);
    const complex = limits.find(({ metric }) => metric === 'class.complex.p95');
    assert.equal(complex?.verdict, 'passed');
  }
});

test('a single read that hangs beside few others keeps the level from being called kept', () => {
  const { ok, limits } = level(3, [hanging(25_000)]).judged;
  assert.equal(ok, null);
  assert.equal(limits.find(({ metric }) => metric === 'class.complex.p95')?.verdict, 'inconclusive');
});

test('a limit on an operation, on all of them, on a maximum and on the median sees what hangs', () => {
  for (const expression of ['request.schedule.validate.p50', 'request.*.p95', 'class.complex.max']) {
    const { ok } = level(3, [hanging(...twenty(25_000))], [CRUD, limitOn(expression, 3000)]).judged;
    assert.equal(ok, false, expression);
  }
});

test('requests and steps of browsers that hang are seen too, and those of a warm-up are not', () => {
  const about = { begun: BEGUN(20_000), warmup: false };
  const STEP = limitOn('step.open the schedule.p95', 2000);
  for (let count = 0; count < 5; count += 1) {
    marks.push(noteBegun({ kind: 'request', name: 'schedule.read', class: 'complex', ...about }));
    marks.push(noteBegun({ kind: 'step', name: 'open the schedule', ...about }));
  }
  assert.equal(level(3, []).judged.ok, false);
  assert.equal(level(3, [], [CRUD, STEP]).judged.ok, false);
  for (const mark of marks.splice(0)) noteEnded(mark);
  assert.equal(level(3, [], [CRUD, STEP]).judged.ok, true);
  for (let count = 0; count < 5; count += 1)
    marks.push(noteBegun({ kind: 'step', name: 'open the schedule', ...about, warmup: true }));
  assert.equal(level(3, [], [CRUD, STEP]).judged.ok, true);
});

test('while everything hangs, a limit that ends the run does', () => {
  const { figures } = level(0, [hanging(...Array.from({ length: 30 }, (_, i) => SECONDS * 1000 - i * 10))]);
  const found = failedFor(figures, [{ ...COMPLEX, limit: 1000 }], TO, FROM);
  assert.deepEqual([found?.limit.metric, found?.limit.unended], ['class.complex.p95', 30]);
  const { figures: young } = level(0, [hanging(...twenty(900))]);
  assert.equal(failedFor(young, [{ ...COMPLEX, limit: 1000 }], TO, FROM), undefined);
});
