import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/root.ts';

test('each npm script has its line in `npm run help`, in the same order', () => {
  const { scripts, 'scripts-info': lines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  assert.deepEqual(Object.keys(lines), Object.keys(scripts));
});
