import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../../config/environment.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';

/** With this seed the first request of ten fails. */
const ABSENCES_FAIL = [{ route: 'POST /api/v1/absences', errorRate: 0.3, seed: 9 }];

it('an error rate of 30 % fails the perf tests, exits 1 and names the step', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await setFaults(scheduler.url, ABSENCES_FAIL);
  // A reporter that is asked for takes the place of those that are listed, and not of the verdict.
  const words = ['--grep', 'request an absence', '--reporter=line'];
  const perf = startPerf(words, { ...settings, THINK: '0', REPEAT: '2' });
  const { code } = await perf.ended;
  const { summary, samples } = finishedRun(`${folder}/reports`);

  assert.deepEqual([apartFromMachine(summary).verdict, code], ['fail', summary.exitCode], perf.output);
  assert.match(perf.stdout, /StepFailure: submit the absence: POST \/absences answered 500/);
  assert.match(perf.stdout, /\n {2}- .*submit the absence/, 'the verdict says which step');
  const group = summary.errors.find(({ kind, name }) => kind === 'step' && name === 'submit the absence');
  assert.equal(group?.count, 1);
  assert.match(group?.message ?? '', /POST \/absences answered 500/);
  assert.match(group?.screenshot ?? '', /submit-the-absence.*\.png$/);
  assert.match(group?.trace ?? '', /trace.*\.zip$/);
  const [, printed = ''] = /npx playwright show-trace (\S+)/.exec(perf.stdout) ?? [];
  const kept = readFileSync(join(`${folder}/reports/latest`, group?.trace ?? ''));
  assert.ok(
    kept.equals(readFileSync(join(ROOT, printed))),
    'the printed command opens the trace, without secrets',
  );
  const submitted = samples.filter(
    (sample) => sample.kind === 'step' && sample.name === 'submit the absence',
  );
  assert.equal(submitted.length, 2, 'the second repetition was not harmed');
});

it('an error rate of 30 % fails an Artillery run, exits 1 and names the step', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await setFaults(scheduler.url, ABSENCES_FAIL);
  const inBrowsers = { ...RESIDENTS_IN_BROWSERS, journeys: ['request an absence'] };
  const profile = writeProfile(folder, {
    phases: [
      { name: 'in browsers', duration: 4, arrivalCount: 2, scenarios: [RESIDENTS_IN_BROWSERS.name] },
      { name: 'over HTTP', duration: 3, arrivalCount: 6, scenarios: [RESIDENTS_OVER_HTTP.name] },
    ],
    scenarios: [inBrowsers, RESIDENTS_OVER_HTTP],
  });
  const artillery = startArtillery(profile, { ...settings, THINK: '0', JOURNEYS: '3' });
  const { code } = await artillery.ended;
  const { summary } = finishedRun(`${folder}/reports`);

  assert.deepEqual([apartFromMachine(summary).verdict, code], ['fail', summary.exitCode], artillery.output);
  assert.match(artillery.stdout, /\n {2}- .*submit the absence/, 'the verdict says which step');
  const group = summary.errors.find(({ kind, name }) => kind === 'step' && name === 'submit the absence');
  assert.ok(group && group.count >= 1, JSON.stringify(summary.errors));
  assert.equal(group.journey, 'request an absence');
  const operation = summary.operations.find(({ name }) => name === 'absences.create');
  assert.ok(operation && (operation.statuses['500'] ?? 0) >= group.count, 'and the operation that failed');
  assert.deepEqual(await artillery.leftBehind(), []);
});
