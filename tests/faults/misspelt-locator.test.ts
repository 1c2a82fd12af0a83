import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';

const JOURNEY = 'review my calls and schedule';

it('a misspelt locator in one journey turns both ways red with that step’s name', async (t) => {
  const copy = copyProject(t);
  const folder = temporaryFolder(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "name: 'Call Hub'", "name: 'Call Hbu'");
  // The same, only sooner: both runners wait long for what does not come.
  replaceOnce(copy, 'playwright.config.ts', 'actionTimeout: 20_000', 'actionTimeout: 3_000');
  const settings = { DATA_SIZE: 'small', THINK: '0', JOURNEYS: '1' };

  const perf = startPerf(['--grep', JOURNEY], { ...settings, REPORTS_DIR: `${folder}/perf` }, copy);
  assert.equal((await perf.ended).code, 1, perf.output);
  assert.match(perf.stdout, /StepFailure: open the call roster: .*Call Hbu/);
  assert.match(perf.stdout, /\n {2}- .*open the call roster/);
  const inPerf = finishedRun(`${folder}/perf`).summary;
  assert.equal(inPerf.verdict, 'fail');
  assert.deepEqual(
    inPerf.errors.filter(({ kind }) => kind === 'step').map(({ name }) => name),
    ['open the call roster'],
  );
  assert.ok(!inPerf.errors.some(({ name }) => name === 'test failed'), 'the step has said it');

  const browsers = {
    name: 'faculty in the browser',
    engine: 'playwright',
    flowFunction: 'faculty',
    journeys: [JOURNEY],
  };
  const profile = {
    phases: [{ name: 'steady', duration: 4, arrivalCount: 2 }],
    scenarios: [browsers],
    playwright: { defaultTimeout: 3 },
  };
  const artillery = startArtillery(
    writeProfile(folder, profile, copy),
    { ...settings, REPORTS_DIR: `${folder}/artillery` },
    copy,
  );
  assert.equal((await artillery.ended).code, 1, artillery.output);
  assert.match(artillery.stdout, /\n {2}- .*open the call roster/);
  const inArtillery = finishedRun(`${folder}/artillery`).summary;
  assert.equal(inArtillery.verdict, 'fail');
  assert.deepEqual(
    inArtillery.errors.filter(({ kind }) => kind === 'step').map(({ name }) => name),
    ['open the call roster'],
  );
  assert.deepEqual(await artillery.leftBehind(), []);
});
