import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Plan } from '../../artillery/profile/plan.ts';
import { LiveFeed } from '../../artillery/steering/live-feed.ts';
import { LiveFigures } from '../../artillery/steering/live-figures.ts';
import { Steering } from '../../artillery/steering/steering.ts';
import { steeringOf } from '../../artillery/steering/steering-context.ts';
import { type MetricExpression, parseMetric } from '../../config/threshold-metric.ts';
import type { Threshold } from '../../config/thresholds.ts';
import type { LevelEnded, RunEndedEarly } from '../../measure/run/findings.ts';
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { EventSample, RequestSample, Sample } from '../../measure/run/samples.ts';

const BREAKING: Threshold = {
  expression: 'class.crud.p95',
  metric: parseMetric('class.crud.p95') as MetricExpression,
  level: 'error',
  limit: 100,
  breaking: true,
  where: 'here:1',
};
const HTTP = 'residents over HTTP';
const step = (name: string, changes: Partial<PlannedPhase> = {}): PlannedPhase => ({
  name,
  duration: 0.3,
  arrivals: {},
  users: { [HTTP]: 5 },
  ...changes,
});

/** A step of 0.3 s in which requests take `ms`. Gives what was written and how the run was ended. */
async function stepped(ms: number, phase = step('a'), isOver = false, loopUse = 0.2, unsent: Sample[] = []) {
  const figures = new LiveFigures([BREAKING.metric], 60_000);
  const written: Sample[] = [];
  const ends: RunEndedEarly[] = [];
  const stopping = new AbortController();
  const steering = new Steering({
    phases: [phase],
    thresholds: [BREAKING],
    figures,
    holder: { hold: () => undefined, presence: () => ({ held: 5, missing: 0 }), leaving: 0 },
    write: (sample) => written.push(sample),
    end: (why) => ends.push(why),
    signal: stopping.signal,
  });
  const begun = Date.now();
  steering.phaseStarted(0, begun);
  for (let t = 0; t < 300; t += 5) figures.add('class.crud', begun + t, { value: ms, ok: true });
  const second = {
    kind: 'generator',
    name: 'generator',
    loopDelay: 5,
    users: 5,
    browserUsers: 0,
    httpUsers: 5,
  } as const;
  figures.watched({ ...second, t: begun + 200, loopUse });
  for (const sample of unsent) figures.exhausted({ ...sample, t: begun + 100 });
  await wait(isOver ? 350 : 1100);
  if (isOver) await steering.finish();
  stopping.abort();
  const levels = written as EventSample[];
  return { levels, ok: (levels[0]?.data as LevelEnded | undefined)?.ok, ends };
}

test('a step that breaks a limit is reported, and ends the run by its name; one that holds does neither end it', async () => {
  const [broken, held] = await Promise.all([stepped(150), stepped(50)]);
  const [level] = broken.levels;
  assert.deepEqual([level?.name, level?.phase, broken.ok], ['level-ended', 'a', false]);
  assert.deepEqual(broken.ends, [
    { by: 'breaking-point', why: 'the breaking point was found in a: class.crud.p95' },
  ]);
  assert.deepEqual([held.ok, held.ends], [true, []]);
});

test('what fails while the generator is saturated is no breaking point, and ends the run by that name', async () => {
  const [broken, held] = await Promise.all([
    stepped(150, step('a'), false, 0.9),
    stepped(50, step('a'), false, 0.9),
  ]);
  const trouble =
    'the event loop that times HTTP requests was too busy: busy p95 90 % of a second, limit 64 %';
  const level = broken.levels[0]?.data as LevelEnded | undefined;
  assert.deepEqual([level?.ok, level?.generator], [null, [trouble]]);
  assert.deepEqual(broken.ends, [
    { by: 'generator', why: `limits failed in a while the load generator was saturated (${trouble})` },
  ]);
  assert.deepEqual([held.ok, held.ends], [true, []]);
});

test('a level whose requests the generator could not send is neither broken nor kept, and ends the run by that name', async () => {
  const unsent: Sample = {
    t: 0,
    kind: 'request',
    name: 'swaps.execute',
    class: 'crud',
    method: 'POST',
    status: 0,
    value: 0,
    unit: 'ms',
    ok: false,
    errorKind: 'generator-exhausted',
  } as Sample;
  for (const ms of [150, 50]) {
    const { ok, ends } = await stepped(ms, step('a'), false, 0.2, [unsent]);
    assert.equal(ok, null);
    assert.equal(ends[0]?.by, 'generator');
    assert.match(ends[0]?.why ?? '', /no file descriptors, ports or memory left/);
  }
});

test('what the generator could not send is in no live figure', () => {
  const figures = new LiveFigures([BREAKING.metric], 60_000);
  const feed = new LiveFeed(figures, { match: () => undefined });
  const unsent = {
    t: 1000,
    kind: 'request',
    name: 'swaps.execute',
    class: 'crud',
    status: 0,
    value: 9,
    ok: false,
    errorKind: 'generator-exhausted',
  } as RequestSample;
  feed.sample(unsent);
  feed.notes({ good: {}, others: [unsent], checks: [], underWay: [] });
  const errors = parseMetric('requests.errorRate') as MetricExpression;
  assert.deepEqual(
    figures.read(errors, 0, 2000).filter(({ n }) => n > 0),
    [],
  );
  assert.equal(figures.generator(0, 2000).exhausted?.requests, 2);
});

test('ramps and warm-ups are no levels', async () => {
  const others = [{ usersAtEnd: { [HTTP]: 9 } }, { warmup: true }, { users: undefined }];
  const runs = await Promise.all(others.map((changes) => stepped(150, step('a', changes))));
  assert.deepEqual(
    runs.flatMap(({ levels }) => levels),
    [],
  );
});

test('the last step of a run is reported although the run ends with it, and ends nothing a second time', async () => {
  const { ok, ends } = await stepped(150, step('a'), true);
  assert.deepEqual([ok, ends], [false, []]);
});

test('nobody steers where there is nothing to decide; a search has no more users than there are accounts', () => {
  const plan = {
    phases: [{ name: 'a', duration: 9, arrivals: { [HTTP]: 3 } }],
    mix: [{ name: HTTP, via: 'http', role: 'resident', share: 1 }],
  } as unknown as Plan;
  const plain: Threshold = { ...BREAKING, breaking: undefined };
  assert.equal(steeringOf(plan, [plain], []), undefined);
  assert.equal(steeringOf(plan, [plain, BREAKING], [])?.thresholds.length, 1);
  const search = { scenario: HTTP, from: 2, most: 200, hold: 1, settle: 1 };
  const accounts = Array.from({ length: 7 }, (_, i) => ({
    role: 'resident' as const,
    username: `r${i}`,
    password: 'x',
  }));
  const steered = steeringOf({ ...plan, capacity: { searches: [search] } }, [], accounts);
  assert.equal(steered?.capacity?.searches[0]?.most, 7);
});
