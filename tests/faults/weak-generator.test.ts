import assert from 'node:assert/strict';
import { it } from 'node:test';
import { finishedRun, startArtillery, temporaryFolder, writeProfile } from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';

/** More than two cores carry, when none of them thinks. */
const USERS = 8;

it('a step that breaks while browsers use all of the CPU is no breaking point: the run ends there, invalid, and says so', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  // What no step waits for is slow: the browsers have as much to do as ever, and the limit breaks.
  await setFaults(scheduler.url, [{ route: 'GET /api/v1/enums*', delayMs: 2000 }]);
  const profile = writeProfile(folder, {
    name: 'stress',
    users: USERS,
    phases: [
      { name: 'crowd', duration: 40, users: USERS },
      { name: 'more', duration: 40, users: USERS + 1 },
    ],
    scenarios: [RESIDENTS_IN_BROWSERS],
  });
  const artillery = startArtillery(profile, { ...settings, THINK: '0' });
  const { code } = await artillery.ended;
  const { summary } = finishedRun(`${folder}/reports`);

  assert.equal(code, 3, artillery.output);
  assert.equal(summary.verdict, 'invalid');
  const told = summary.reasons.join('\n');
  assert.match(
    told,
    /the run was ended without its answer: limits failed in crowd while the load generator was saturated \(/,
  );
  assert.deepEqual(
    summary.levels.map(({ name, ok }) => [name, ok]),
    [['crowd', null]],
  );
  assert.deepEqual(await artillery.leftBehind(), []);
});
