/** Runs of two profiles, browsers among them, that end otherwise than planned: one run, one verdict, nothing left running. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { conclude } from '../../analysis/conclude.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import {
  finishedRun,
  runDirectory,
  samplesOf,
  startTogether,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';

const READERS = { ...RESIDENTS_OVER_HTTP, journeys: ['read my schedule over HTTP'] };

interface Part {
  phase?: object;
  scenarios?: object[];
}

/** A profile with browsers and one over HTTP, for a minute, on a target that the test harms. */
async function startBoth(
  t: TestContext,
  settings: Record<string, string>,
  parts: Record<string, Part> = {
    pages: { scenarios: [RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP] },
    requests: { phase: { users: 3 } },
  },
) {
  const folder = temporaryFolder(t);
  const target = await startTarget(t, folder);
  const profiles = Object.entries(parts).map(([name, { phase, scenarios = [READERS] }]) => {
    const own = join(folder, name);
    mkdirSync(own);
    const phases = [{ name: 'steady', duration: 60, ...(phase ?? { arrivalCount: 40 }) }];
    return writeProfile(own, {
      name,
      users: 6,
      phases,
      scenarios: scenarios as Array<Record<string, unknown>>,
    });
  });
  const run = startTogether(profiles, {
    ...target.settings,
    THINK: '0.3',
    ...settings,
  });
  const reports = join(folder, 'reports');
  const midRun = async () => {
    await run.until('both', () =>
      Object.keys(parts).every((name) => run.stdout.includes(`${name}: steady:`)),
    );
    await run.until('a step in a browser', () => {
      const runDir = runDirectory(reports);
      return runDir && samplesOf(runDir).some(({ kind, via }) => kind === 'step' && via === 'browser');
    });
  };
  return { run, reports, target, midRun };
}

it('their target is killed: both are stopped, the run is invalid, samples of both and the report are there', async (t) => {
  const { run, reports, target, midRun } = await startBoth(t, {});
  await midRun();
  process.kill(target.scheduler.pid, 'SIGKILL');
  const { code } = await run.ended;
  const { run: facts, samples, summary } = finishedRun(reports);
  assert.equal(code, 3, run.output);
  assert.deepEqual([facts.ended, facts.verdict], ['target-died', 'invalid']);
  assert.match(summary.reasons[0] ?? '', /the target died during the run/);
  for (const part of ['p1-', 'p2-'])
    assert.ok(
      samples.some(({ kind, session }) => kind === 'request' && session?.startsWith(part)),
      part,
    );
  assert.deepEqual(await run.leftBehind(), []);
});

it('MAX_TIME ends both, with one report that says so; browser and HTTP sessions each have their line', async (t) => {
  const { run, reports } = await startBoth(t, { MAX_TIME: '12s' });
  const { code } = await run.ended;
  const { samples, summary } = finishedRun(reports);
  assert.equal(code, 130, run.output);
  assert.match(summary.reasons.join(), /the run was interrupted after .*: MAX_TIME \(12 s\) was over/);
  const ids = (wanted: (name: string, kind: string) => boolean) =>
    samples.flatMap(({ name, kind, session }) => (session && wanted(name, kind) ? [session] : [])).sort();
  const begun = ids((name) => name === 'session-started');
  assert.deepEqual(
    ids((_, kind) => kind === 'session'),
    begun,
  );
  assert.ok(
    begun.some((id) => id.startsWith('p1-b')) && begun.some((id) => id.startsWith('p2-h')),
    `${begun}`,
  );
  assert.deepEqual(await run.leftBehind(), []);
});

it('Ctrl+C ends both with a report; a second one at once, and what was measured is kept', async (t) => {
  const { run, reports, target, midRun } = await startBoth(t, {});
  await midRun();
  // What is under way holds the first one up.
  await setFaults(target.scheduler.url, [
    { route: 'POST /api/v1/auth/logout*', hang: true },
    { route: 'DELETE *', hang: true },
  ]);
  run.kill('SIGINT');
  await wait(1000); // two signals within half a second are one
  const before = samplesOf(runDirectory(reports) as string).length;
  const again = performance.now();
  run.kill('SIGINT');
  const { code } = await run.ended;
  assert.equal(code, 130, run.output);
  assert.ok(performance.now() - again < 4000, `${performance.now() - again} ms`);
  assert.deepEqual(await run.leftBehind(), []);
  const runDir = runDirectory(reports) as string;
  assert.ok(samplesOf(runDir).length >= before);
  const { summary } = await conclude(runDir);
  assert.equal(summary.run.ended, 'interrupted');
});

it('a threshold of one of them that may stop the run stops both, and is named with its profile', async (t) => {
  const { run, reports, target } = await startBoth(
    t,
    {},
    { step: { phase: { users: 3, duration: 110 } }, requests: { phase: { users: 2, duration: 110 } } },
  );
  await setFaults(target.scheduler.url, [{ route: 'GET /api/v1/*', errorRate: 0.5, seed: 3 }]);
  const { code } = await run.ended;
  const { run: facts, summary } = finishedRun(reports);
  const { verdict, reasons } = apartFromMachine(summary);
  assert.deepEqual([verdict, code], ['fail', summary.exitCode], run.output);
  assert.equal(facts.ended, 'stopped-by-threshold');
  assert.match(reasons[0] ?? '', /^step: the run was stopped by a threshold: requests\.errorRate/);
  assert.ok(summary.durationSeconds > 29 && summary.durationSeconds < 60, `${summary.durationSeconds} s`);
  assert.deepEqual(await run.leftBehind(), []);
});
