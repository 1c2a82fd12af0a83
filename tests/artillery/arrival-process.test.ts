/** The parts of the real Artillery that start users, with the suite deciding whom and when. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Arrival } from '../../artillery/engine/arrival.ts';
import { heldUsers, plannedArrivals, planRun } from '../../artillery/engine/arrivals.ts';
import type { Phase } from '../../artillery/profile/phase.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';
import type { Scenario } from '../../artillery/profile/script.ts';

const SESSION_MS = 150;

interface Phaser {
  on(name: string, listener: (phase: { index: number; startTime: number }) => void): unknown;
  run(): void;
}

const ofSuite = createRequire(import.meta.url);
const manifest = ofSuite.resolve('artillery/package.json');
const ofArtillery = createRequire(manifest);
const core = async (name: string) =>
  (await import(pathToFileURL(join(dirname(manifest), `dist/lib/core/${name}.js`)).href)).default;

test('Artillery’s phaser starts whom the plan says, when it says: evenly, at random, along ramps, and those who loop', async () => {
  const phases: Phase[] = [
    { name: 'even', duration: 1, arrivalCount: 20 },
    { name: 'ramp', duration: 1, arrivalRate: 0, rampTo: 40 },
    { name: 'rest', pause: 1 },
    { name: 'mixed', duration: 2, arrivalCount: 10, arrivals: 'poisson', users: { faculty: 2 } },
  ];
  const scenarios: Scenario[] = [
    { name: 'residents', engine: 'api', weight: 3, flowFunction: 'resident' },
    { name: 'faculty', engine: 'api', weight: 1, flowFunction: 'faculty' },
  ];
  const plan = planOf({ config: { phases }, scenarios }, { seed: 7 });
  planRun(plan, scenarios, { lodash: ofArtillery('lodash'), arrivals: ofArtillery('arrivals') });
  const [createPhaser, weightedPick] = await Promise.all([core('phases'), core('weighted-pick')]);
  const pick: () => [number, Scenario] = weightedPick(scenarios);
  const phaser: Phaser = createPhaser(structuredClone(plan.scaled));

  const started: Array<{ phase: string; scenario: string; late: number; held: boolean }> = [];
  const begins = new Map<number, number>();
  phaser.on('phaseStarted', ({ index, startTime }) => {
    begins.set(index, startTime);
    plannedArrivals().phaseStarted(index, startTime);
  });
  phaser.on('arrival', () => {
    const [, { name: scenario = '' }] = pick();
    const { phase, due, place, ...planned } = plannedArrivals().current as Arrival;
    assert.equal(scenario, planned.scenario, 'it takes the one that was planned');
    started.push({ phase, scenario, late: Date.now() - due, held: place !== undefined });
    place?.began();
    setTimeout(() => place?.ended('done'), SESSION_MS);
  });
  await new Promise<void>((done) => {
    phaser.on('done', () => done());
    phaser.run();
  });

  const count = (phase: string, scenario: string, held = false) =>
    started.filter((one) => one.phase === phase && one.scenario === scenario && one.held === held).length;
  assert.deepEqual([count('even', 'residents'), count('even', 'faculty')], [15, 5]);
  assert.deepEqual([count('ramp', 'residents'), count('ramp', 'faculty')], [15, 5]);
  assert.deepEqual([count('mixed', 'residents'), count('mixed', 'faculty')], [10, 0]);
  assert.ok(count('mixed', 'faculty', true) >= 10, 'two users, sessions of 150 ms one after the other');
  assert.equal(plannedArrivals().dueBy(Date.now()), started.length);
  assert.ok(Math.min(...started.map(({ late }) => late)) >= -2, 'nobody comes before the time');
  assert.equal(begins.size, 4);
  // The last phase is over: nobody loops any more.
  const { held, missing } = heldUsers().presence(Date.now());
  assert.deepEqual([held, missing], [0, 0]);
});
