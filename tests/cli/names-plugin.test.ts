/** A script that does not name the suite's plugin would run without a plan, and exit with 0. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { leastLine } from '../../artillery/profile/least-line.ts';
import { checkNamesPlugin } from '../../cli/run/names-plugin.ts';
import { profileFiles } from '../../cli/run/profiles.ts';
import { ConfigError } from '../../config/errors.ts';
import { profileNames } from '../../config/profile-names.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';

const check = (config: string) => {
  const file = join(temporaryDirectory(), 'given.yml');
  writeFileSync(file, `${config}\nscenarios: []\n`);
  checkNamesPlugin(file);
};

for (const [config, says] of [
  [
    'config:\n  target: http://x\n  plugin: { suite: {} }',
    /given\.yml:1: config: 'plugins' is missing \('plugin' is not it\)/,
  ],
  [
    'config:\n  target: http://x\n  plugins: { suit: {} }',
    /given\.yml:3: config\.plugins: 'suite' is missing \('suit' is not it\)/,
  ],
  ['config:\n  target: http://x', /'plugins' is missing: without it nobody plans/],
  ['config:\n  plugins:', /'plugins' is missing/],
  ['target: http://x', /'plugins' is missing/],
] as const)
  test(`refused in one line: ${JSON.stringify(config)}`, () => {
    assert.throws(
      () => check(config),
      (error) => {
        assert.ok(error instanceof ConfigError && error.exitCode === 2, String(error));
        assert.match(error.message, says);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      },
    );
  });

test('the suite’s own profiles name it, and so may a script of one’s own', () => {
  for (const { file } of profileFiles(profileNames())) checkNamesPlugin(file);
  check('config:\n  plugins: { suite: }');
});

test('a profile that cannot come down to VUS says so, phase by phase', () => {
  const phase = (name: string, arrivals: Record<string, number>) => ({ name, duration: 10, arrivals });
  const phases = [
    phase('ramp up', { a: 1, b: 1 }),
    phase('steady', { a: 1, b: 1, c: 1 }),
    phase('more', { a: 4, b: 1 }),
  ];
  assert.equal(
    leastLine({ profile: 'load', phases }, 1),
    'VUS=1: load still starts one user of each scenario: ramp up 2 users, steady 3 users',
  );
  assert.equal(leastLine({ profile: 'load', phases }, 3), undefined);
  assert.equal(leastLine({ profile: 'load', phases }), undefined);
});
