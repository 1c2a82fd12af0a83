/** A limit on a name that nothing has is refused before a run, with the name that may be meant. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConfigError } from '../../config/errors.ts';
import { allProfileNames } from '../../config/profile-names.ts';
import { loadThresholds } from '../../config/thresholds.ts';
import { checkLimitNames } from '../../runner/preflight/limit-names.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';

const check = async (text: string, sections = ['smoke']): Promise<void> => {
  const path = join(temporaryDirectory(), 'given.yml');
  writeFileSync(path, text);
  await checkLimitNames(loadThresholds(path), sections);
};
const limits = (...metrics: string[]) =>
  `smoke:\n  metrics:\n${metrics.map((one) => `    ${one}: [error, 0.1]\n`).join('')}`;

for (const [metric, expected] of [
  ['request.swaps.exectue.p95', /operation "swaps\.exectue"; did you mean swaps\.execute\?/],
  ['request.swaps.execut.p95 from due', /; did you mean swaps\.execute\?/],
  ['journey.request an abscence.errors', /journey "request an abscence"; did you mean request an absence\?/],
  ['journey.generate one weak.p50', /; did you mean generate one week\?/],
  ['step.open absense.p50 cold', /step "open absense"; did you mean open absences\?/],
  ['step.open abcenses.p95.drift', /; did you mean open absences\?/],
  ['step.paint the house.max', /there is no step "paint the house"\. Take a name from docs\/journeys\.md/],
] as const)
  test(`${metric}: refused in one line with file and line`, async () => {
    const kind = metric.replace(/\..*/, '');
    await assert.rejects(check(limits(`${kind}.*.p50`, metric)), (error) => {
      assert.ok(error instanceof ConfigError && error.exitCode === 2, String(error));
      assert.match(error.message, /^[^\n]*given\.yml:4: smoke\.metrics: '[^\n]*$/);
      assert.match(error.message, expected);
      return true;
    });
  });

test('so is a misspelt primary figure', async () => {
  await assert.rejects(check('smoke:\n  primary: [step.open absense.p50]\n'), /did you mean open absences/);
});

test('limits of the suite, of each step in docs/journeys.md, and of what has no list name what there is', async () => {
  await checkLimitNames(loadThresholds(), allProfileNames());
  const listed = readFileSync(new URL('../../docs/journeys.md', import.meta.url), 'utf8');
  const steps = [...listed.matchAll(/^\d+\. (.*?)(?: \(.*)?$/gm)].map(([, name]) => `step.${name}.p50`);
  assert.ok(steps.length > 100);
  const others = ['request.other GET /metrics.p50', 'step.after "open absences".errors', 'step.sign in.p50'];
  await check(limits(...new Set(steps), ...others.map((one) => `'${one}'`)));
});

test('a section that does not hold for the run is not looked at', async () => {
  const text = 'load:\n  metrics:\n    step.open absense.p50: [error, 1]\n';
  await check(text, ['smoke']);
  await assert.rejects(check(text, ['load']), /did you mean/);
});
