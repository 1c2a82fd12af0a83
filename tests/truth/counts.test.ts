/** Against the real Artillery: the mix that comes of a profile, and that both reports count the same things. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Sample } from '../../measure/run/samples.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import {
  finishedRun,
  startArtillery,
  temporaryFolder,
  writeAccounts,
  writeProfile,
} from '../artillery/suite-process.ts';
import { setFaults } from '../faults/target.ts';

const FACULTY = { name: 'faculty over HTTP', engine: 'api', weight: 1, flowFunction: 'faculty' };
const RESIDENTS = { name: 'residents over HTTP', engine: 'api', weight: 3, flowFunction: 'resident' };
const BROWSER = {
  name: 'residents in the browser',
  engine: 'playwright',
  weight: 2,
  flowFunction: 'resident',
  // Not one that waits for what the faults below keep away: it would wait for long.
  journeys: ['request an absence'],
};

const QUICK = { DATA_SIZE: 'small', THINK: '0', JOURNEYS: '1' };

type Of<K extends Sample['kind']> = Extract<Sample, { kind: K }>;

function of<K extends Sample['kind']>(samples: readonly Sample[], kind: K): Array<Of<K>> {
  return samples.filter((sample): sample is Of<K> => sample.kind === kind);
}

function countBy<T>(list: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of list) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

it('20 arrivals of two scenarios with weights 1:3 are exactly 5 and 15, and nothing is left behind', async (t) => {
  const folder = temporaryFolder(t);
  const profile = writeProfile(folder, {
    phases: [{ name: 'mix', duration: 7, arrivalCount: 20 }],
    scenarios: [FACULTY, RESIDENTS],
  });
  const artillery = startArtillery(profile, { ...QUICK, REPORTS_DIR: `${folder}/reports` });
  await artillery.ended;
  const { samples, artillery: report, run } = finishedRun(`${folder}/reports`);
  const expected = { 'faculty over HTTP': 5, 'residents over HTTP': 15 };
  assert.deepEqual(
    countBy(of(samples, 'session'), ({ name }) => name),
    expected,
  );
  const { counters } = report.aggregate;
  assert.equal(counters['vusers.created'], 20);
  assert.equal(counters['vusers.created_by_name.faculty over HTTP'], 5);
  assert.equal(counters['vusers.created_by_name.residents over HTTP'], 15);
  assert.deepEqual(run.plan.phases[0]?.arrivals, expected);
  assert.equal(run.ended, 'finished');
  // The last look may have been up to a second before the last arrivals, which come three a second.
  const { planned = 0, started = 0 } = of(samples, 'generator').at(-1) ?? {};
  assert.ok(
    planned >= 16 && planned <= 20 && started >= planned - 2 && started <= 20,
    `${started} of ${planned}`,
  );
  if (process.platform === 'linux')
    assert.ok(
      of(samples, 'target').some(({ cpu }) => cpu > 0),
      'the scheduler was watched apart',
    );
  const { cpuBenchmarkMs = 0, cpuBenchmarkEndMs = 0 } = run.host;
  assert.ok(cpuBenchmarkMs > 0 && cpuBenchmarkEndMs > 0);
  assert.ok(artillery.startedProcesses >= 1, 'the embedded scheduler was seen');
  assert.deepEqual(await artillery.leftBehind(), []);
});

it('a phase starts its own scenarios only; samples and Artillery count the same', async (t) => {
  const folder = temporaryFolder(t);
  const scheduler = await startEmbeddedScheduler({ size: 'small' });
  t.after(() => scheduler.stop());
  // Some of everything fails, so that failures are counted too.
  await setFaults(scheduler.url, [
    { route: 'POST /api/v1/absences', errorRate: 1 },
    { route: 'GET /api/v1/rotation-templates*', errorRate: 0.3, seed: 3 },
  ]);
  const profile = writeProfile(folder, {
    phases: [
      { name: 'over HTTP', duration: 5, arrivalCount: 12, scenarios: [FACULTY.name, RESIDENTS.name] },
      { name: 'in the browser', duration: 5, arrivalCount: 3, scenarios: [BROWSER.name] },
    ],
    scenarios: [FACULTY, RESIDENTS, BROWSER],
  });
  const artillery = startArtillery(profile, {
    ...QUICK,
    JOURNEYS: '3',
    REPORTS_DIR: `${folder}/reports`,
    BASE_URL: scheduler.url,
    ENVIRONMENT: 'embedded',
    ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
  });
  await artillery.ended;
  const { samples, artillery: report, summary } = finishedRun(`${folder}/reports`);
  const { counters, summaries } = report.aggregate;
  const sessions = of(samples, 'session');

  // Each phase its own scenarios.
  assert.deepEqual(
    countBy(sessions, ({ phase, name }) => `${phase}: ${name}`),
    {
      'over HTTP: faculty over HTTP': 3,
      'over HTTP: residents over HTTP': 9,
      'in the browser: residents in the browser': 3,
    },
  );
  for (const { name } of [FACULTY, RESIDENTS, BROWSER]) {
    assert.equal(
      counters[`vusers.created_by_name.${name}`],
      sessions.filter((one) => one.name === name).length,
    );
  }

  // Sessions.
  const failed = sessions.filter(({ ok }) => !ok).length;
  assert.ok(failed > 0 && failed < sessions.length, `some of ${sessions.length} sessions failed: ${failed}`);
  assert.equal(counters['vusers.created'], sessions.length);
  assert.equal(counters['vusers.completed'], sessions.length - failed);
  assert.equal(counters['vusers.failed'], failed);
  assert.equal(summary.counts.sessions.failed, failed);

  // Requests over HTTP, each status for itself.
  const requests = of(samples, 'request').filter(({ via }) => via === 'http');
  assert.ok(requests.length > 50, `${requests.length} requests`);
  assert.equal(counters['api.requests'], requests.length);
  const codes = countBy(requests, ({ status }) => `api.codes.${status}`);
  const counted = Object.entries(counters).filter(([name]) => name.startsWith('api.codes.'));
  assert.deepEqual(Object.fromEntries(counted), codes);
  assert.ok((codes['api.codes.500'] ?? 0) > 0, 'the faults were met');
  for (const [name, count] of Object.entries(countBy(requests, (request) => request.name))) {
    assert.equal(summaries[`api.response_time.${name}`]?.count, count, name);
  }

  // Steps in browsers.
  const steps = of(samples, 'step');
  const good = countBy(
    steps.filter(({ ok }) => ok),
    ({ name }) => name,
  );
  const bad = countBy(
    steps.filter(({ ok }) => !ok),
    ({ name }) => `browser.step_failed.${name}`,
  );
  assert.ok(Object.keys(bad).length > 0, 'a step failed');
  const histograms = Object.entries(summaries)
    .filter(([name]) => name.startsWith('browser.step.'))
    .map(([name, { count }]) => [name.slice('browser.step.'.length), count]);
  assert.deepEqual(Object.fromEntries(histograms), good);
  const failedSteps = Object.entries(counters).filter(([name]) => name.startsWith('browser.step_failed.'));
  assert.deepEqual(Object.fromEntries(failedSteps), bad);

  assert.deepEqual(await artillery.leftBehind(), []);
});
