/** Open and closed phases as real runs: who was planned came, and who should loop was there in each second. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import type { GeneratorSample, Sample } from '../../measure/run/samples.ts';
import {
  type FinishedRun,
  finishedRun,
  type Profile,
  startArtillery,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';

const FACULTY_OVER_HTTP = { name: 'faculty over HTTP', engine: 'api', weight: 1, flowFunction: 'faculty' };
/** Artillery's phases and the seconds of the timeline do not begin at the same moment. */
const EDGE_S = 1;

async function finished(t: TestContext, profile: Profile): Promise<FinishedRun> {
  const folder = temporaryFolder(t);
  const reports = join(folder, 'reports');
  const artillery = startArtillery(writeProfile(folder, profile), { REPORTS_DIR: reports, THINK: '0.3' });
  await artillery.ended;
  assert.deepEqual(await artillery.leftBehind(), []);
  return finishedRun(reports);
}

const startsOf = ({ samples }: FinishedRun, phase: string) =>
  samples.filter(
    (sample) => sample.kind === 'event' && sample.name === 'session-started' && sample.phase === phase,
  );

/** Seconds of the timeline that lie wholly within a phase, from this many seconds after its begin. */
function secondsOf({ run, samples, summary }: FinishedRun, phase: string, after = 0) {
  const begun = samples.find(
    (sample: Sample) => sample.kind === 'event' && sample.name === 'phase-started' && sample.phase === phase,
  );
  const length = run.plan.phases.find(({ name }) => name === phase)?.duration as number;
  const from = ((begun?.t as number) - Date.parse(run.start)) / 1000;
  return summary.timeline.filter(({ s }) => s >= from + after + EDGE_S && s + 1 <= from + length - EDGE_S);
}

/** Artillery counts each session, whatever planned it; and each that was due has begun. */
function assertAddsUp({ samples, summary, artillery }: FinishedRun): void {
  const { started, ok, failed } = summary.counts.sessions;
  assert.equal(artillery.aggregate.counters['vusers.created'], started);
  assert.equal(artillery.aggregate.counters['vusers.completed'] ?? 0, ok);
  assert.equal(artillery.aggregate.counters['vusers.failed'] ?? 0, failed);
  const last = samples.filter((sample): sample is GeneratorSample => sample.kind === 'generator').at(-1);
  assert.deepEqual([last?.planned, last?.started], [started, started]);
}

it('open phases: a slow ramp and Poisson arrivals start exactly as many as they promise, each at its moment', async (t) => {
  const run = await finished(t, {
    phases: [
      { name: 'ramp', duration: 12, arrivalRate: 0.1, rampTo: 1.9, scenarios: [RESIDENTS_OVER_HTTP.name] },
      { name: 'poisson', duration: 10, arrivalCount: 15, arrivals: 'poisson' },
    ],
    scenarios: [RESIDENTS_OVER_HTTP, FACULTY_OVER_HTTP],
  });
  assertAddsUp(run);
  assert.deepEqual(
    run.summary.arrivals.map(({ phase, scenario, planned, started }) => [phase, scenario, planned, started]),
    [
      ['ramp', 'residents over HTTP', 12, 12],
      ['poisson', 'residents over HTTP', 12, 12],
      ['poisson', 'faculty over HTTP', 3, 3],
    ],
  );
  const [first = 0, ...others] = startsOf(run, 'ramp').map(({ t: time }) => time);
  assert.ok(others.filter((time) => time > first + 5000).length > others.length / 2, 'more come later');
});

it('closed phases: users are there in each second, more of them along a ramp, without a dip between phases', async (t) => {
  const run = await finished(t, {
    phases: [
      { name: 'steady', duration: 12, users: 5 },
      { name: 'ramp', duration: 12, users: 5, rampTo: 9 },
    ],
    scenarios: [RESIDENTS_OVER_HTTP, FACULTY_OVER_HTTP],
  });
  assertAddsUp(run);
  const held = secondsOf(run, 'steady', 2);
  assert.ok(held.length >= 6);
  assert.deepEqual([...new Set(held.map(({ users }) => users))], [5]);
  const ramp = secondsOf(run, 'ramp').map(({ users }) => users);
  assert.ok(
    ramp.every((users, index) => users >= 5 && users >= (ramp[index - 1] ?? 0)),
    `${ramp}`,
  );
  assert.ok((ramp.at(-1) as number) >= 8, `${ramp}`);
  assert.deepEqual(run.summary.held, { most: 9, missing: 0, mostMissing: 0 });
  assert.ok(startsOf(run, 'steady').length > 5, 'sessions follow one another');
  assert.ok(
    !run.summary.reasons.some((reason) => /concurrent users could not begin|planned sessions/.test(reason)),
  );
});

it('open and closed in one phase, one looping user in a browser', async (t) => {
  const run = await finished(t, {
    phases: [
      {
        name: 'mixed',
        duration: 20,
        arrivalCount: 6,
        users: { [RESIDENTS_IN_BROWSERS.name]: 1, [RESIDENTS_OVER_HTTP.name]: 3 },
      },
    ],
    scenarios: [RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP, FACULTY_OVER_HTTP],
  });
  assertAddsUp(run);
  const seconds = secondsOf(run, 'mixed', 6);
  assert.deepEqual([...new Set(seconds.map(({ browserUsers }) => browserUsers))], [1]);
  assert.ok(seconds.every(({ httpUsers }) => httpUsers >= 3));
  const rows = run.summary.arrivals.map(({ scenario, planned, held }) => [scenario, planned, held]);
  assert.deepEqual(rows, [
    [FACULTY_OVER_HTTP.name, 6, undefined],
    [RESIDENTS_IN_BROWSERS.name, 0, 1],
    [RESIDENTS_OVER_HTTP.name, 0, 3],
  ]);
  const browsers = run.samples.filter(({ kind, via }) => kind === 'step' && via === 'browser');
  assert.ok(browsers.length > 0);
});
