/** A rule about a package that is not here keeps nothing together, and nobody would notice. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/root.ts';

const read = (file: string) => JSON.parse(readFileSync(join(ROOT, file), 'utf8'));

test('each package that renovate.json names is one of this project', () => {
  const { packages } = read('package-lock.json');
  const rules: Array<{ matchPackageNames: string[] }> = read('renovate.json').packageRules;
  const named = rules.flatMap(({ matchPackageNames }) => matchPackageNames);
  assert.ok(named.length > 10);
  assert.deepEqual(
    named.filter((name) => !(`node_modules/${name}` in packages)),
    [],
  );
});

test('Playwright, which Artillery brings too, is updated with Artillery', () => {
  const { overrides } = read('package.json');
  const rules: Array<{ matchPackageNames: string[] }> = read('renovate.json').packageRules;
  const together = rules.find(({ matchPackageNames }) => matchPackageNames.includes('artillery'));
  for (const name of Object.keys(overrides)) assert.ok(together?.matchPackageNames.includes(name), name);
});
