import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROOT } from '../../config/root.ts';
import { installedPackages, licenceProblems } from '../../tools/licences.ts';

const isTaken = (licence: string) => licenceProblems([{ folder: 'node_modules/one', licence }]).length === 0;

test('one allowed licence of a choice is enough, of several at once all must be', () => {
  for (const licence of ['MIT', '(MIT OR GPL-3.0)', 'GPL-3.0 OR MIT AND Zlib', '(MIT AND (Zlib OR GPL-3.0))'])
    assert.ok(isTaken(licence), licence);
  for (const licence of ['GPL-3.0', '(MIT AND GPL-3.0)', 'MIT-1', 'SEE LICENSE IN x', ''])
    assert.ok(!isTaken(licence), licence);
});

test('a package is named with its licence, or with its having none', () => {
  assert.deepEqual(
    licenceProblems([
      { folder: 'node_modules/one', licence: '' },
      { folder: 'node_modules/two', licence: 'AGPL-3.0' },
    ]),
    [
      'node_modules/one: names no licence. Read it, then take another package, or add it to tools/licences.ts.',
      'node_modules/two: licence AGPL-3.0 is not among the allowed ones. Read it, then take another package, or add it to tools/licences.ts.',
    ],
  );
});

test('every installed package has one that is allowed', () => {
  const packages = installedPackages(ROOT);
  assert.ok(packages.length > 300, `${packages.length}`);
  assert.deepEqual(licenceProblems(packages), []);
});
