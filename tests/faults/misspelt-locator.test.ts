import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';

const JOURNEY = 'review my calls and schedule';
const CHECKED = 'export my schedule';

it('a misspelt locator turns both ways red with that step’s name, a failed check its test with its own; each attempt counts', async (t) => {
  const copy = copyProject(t);
  const folder = temporaryFolder(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "name: 'Call Hub'", "name: 'Call Hbu'");
  // The same, only sooner: both runners wait long for what does not come.
  replaceOnce(copy, 'config/browser-context.ts', 'ACTION_TIMEOUT_MS = 20_000', 'ACTION_TIMEOUT_MS = 3_000');
  // Fails the first time alone.
  replaceOnce(
    copy,
    'flows/faculty/export-my-schedule.ts',
    'lines.length > 1',
    "lines.length > 1 && (seen('again') || seen())",
  );
  appendFileSync(
    join(copy, 'flows/faculty/export-my-schedule.ts'),
    `const fs = process.getBuiltinModule('node:fs');
     const seen = (again?: string) => again ? fs.existsSync('seen') : fs.writeFileSync('seen', '') !== undefined;`,
  );
  const settings = { DATA_SIZE: 'small', THINK: '0', JOURNEYS: '1' };

  const tests = ['--grep', `${JOURNEY}|${CHECKED}`, '--retries=1'];
  const perf = startPerf(tests, { ...settings, REPORTS_DIR: `${folder}/perf` }, copy);
  const { code } = await perf.ended;
  assert.match(perf.stdout, /StepFailure: open the call roster: .*Call Hbu/);
  assert.match(perf.stdout, /\n {2}- .*open the call roster/);
  const { summary: inPerf, samples } = finishedRun(`${folder}/perf`);
  assert.deepEqual([apartFromMachine(inPerf).verdict, code], ['fail', inPerf.exitCode], perf.output);
  assert.deepEqual(
    inPerf.errors.filter(({ kind }) => kind === 'step').map(({ name }) => name),
    ['open the call roster'],
  );
  assert.ok(!inPerf.errors.some(({ name }) => name === 'test failed'), 'step and check have said it');

  assert.match(perf.stdout, /Error: check failed: exported file has a header and days: \d+ lines/);
  const check = inPerf.errors.find(({ kind }) => kind === 'check');
  assert.deepEqual([check?.name, check?.count], ['exported file has a header and days', 1]);
  assert.match(check?.screenshot ?? '', /^artifacts\/exported-file-has-a-header-and-days-/);
  const gate = inPerf.gates.find(({ metric }) => metric === 'browserChecks.failed');
  assert.deepEqual([gate?.outcome, gate?.observed, gate?.n], ['failed', 0.5, 2]);
  assert.match(inPerf.notes[0]?.text ?? '', /^1 of 2 checks failed: 'exported file has a header and days'/);

  // One failed twice; of the other the second attempt passed. Each is counted, with ids and views of its own.
  assert.deepEqual(inPerf.retried, [
    { journey: CHECKED, times: 1 },
    { journey: JOURNEY, times: 1 },
  ]);
  assert.equal(inPerf.counts.sessions.started, 4);
  const events = samples.filter((sample) => sample.kind === 'event');
  const views = events.filter((event) => event.name === 'page-view');
  assert.equal(new Set(views.map(({ data }) => data.id)).size, views.length);
  assert.equal(inPerf.completeness.views, views.length);
  assert.ok(inPerf.reasons.some((reason) => /^tried again .*'export my schedule' 1 time/.test(reason)));

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
  const { code: codeOfLoad } = await artillery.ended;
  assert.match(artillery.stdout, /\n {2}- .*open the call roster/);
  const inArtillery = finishedRun(`${folder}/artillery`).summary;
  const { verdict } = apartFromMachine(inArtillery);
  assert.deepEqual([verdict, codeOfLoad], ['fail', inArtillery.exitCode], artillery.output);
  assert.deepEqual(
    inArtillery.errors.filter(({ kind }) => kind === 'step').map(({ name }) => name),
    ['open the call roster'],
  );
  assert.deepEqual(await artillery.leftBehind(), []);
});
