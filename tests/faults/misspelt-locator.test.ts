import assert from 'node:assert/strict';
import { it } from 'node:test';
import { finishedRun, startArtillery, startPerf, temporaryFolder } from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';

it('a misspelt locator in one journey turns both ways red with that step’s name', async (t) => {
  const copy = copyProject(t);
  const folder = temporaryFolder(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "name: 'Call Hub'", "name: 'Call Hbu'");
  // The same, only sooner: both runners wait long for what does not come.
  replaceOnce(copy, 'playwright.config.ts', 'actionTimeout: 20_000', 'actionTimeout: 3_000');
  replaceOnce(copy, 'artillery/smoke.yml', 'playwright: {}', 'playwright: { defaultTimeout: 3 }');
  const settings = { DATA_SIZE: 'small', THINK: '0', JOURNEYS: '4', DURATION: '8s' };

  const perf = startPerf(
    ['--grep', 'review upcoming calls'],
    { ...settings, REPORTS_DIR: `${folder}/perf` },
    copy,
  );
  assert.equal((await perf.ended).code, 1, perf.output);
  assert.match(perf.stdout, /StepFailure: open the call roster: .*Call Hbu/);
  assert.match(perf.stdout, /\n {2}- .*open the call roster/);
  const inPerf = finishedRun(`${folder}/perf`).summary;
  assert.equal(inPerf.verdict, 'fail');
  assert.deepEqual(
    inPerf.errors.filter(({ kind }) => kind === 'step').map(({ name }) => name),
    ['open the call roster'],
  );

  const artillery = startArtillery(
    'artillery/smoke.yml',
    { ...settings, REPORTS_DIR: `${folder}/smoke` },
    copy,
  );
  assert.equal((await artillery.ended).code, 1, artillery.output);
  assert.match(artillery.stdout, /\n {2}- .*open the call roster/);
  const inSmoke = finishedRun(`${folder}/smoke`).summary;
  assert.equal(inSmoke.verdict, 'fail');
  assert.deepEqual(
    inSmoke.errors.filter(({ kind }) => kind === 'step').map(({ name }) => name),
    ['open the call roster'],
  );
  assert.deepEqual(await artillery.leftBehind(), []);
});
