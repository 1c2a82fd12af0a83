import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { containerLimits } from '../../measure/health/machine/container-limits.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';

const GIB = 2 ** 30;

function limitsOf(files: Record<string, string>) {
  const root = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), `${text}\n`);
  }
  return containerLimits(root, 8 * GIB);
}

test('limits of a container are read of control groups of both versions; no limit is none', () => {
  const two = { 'cpu.max': '150000 100000', 'memory.max': String(4 * GIB) };
  assert.deepEqual(limitsOf(two), { cores: 1.5, memoryMiB: 4096 });
  assert.deepEqual(limitsOf({ ...two, 'cpu.max': 'max 100000' }), { memoryMiB: 4096 });
  assert.equal(limitsOf({ 'cpu.max': 'max 100000', 'memory.max': 'max' }), undefined);
  const one = { 'cpu/cpu.cfs_quota_us': '200000', 'cpu/cpu.cfs_period_us': '100000' };
  const unlimited = { 'memory/memory.limit_in_bytes': '9223372036854771712' };
  assert.deepEqual(limitsOf({ ...one, ...unlimited }), { cores: 2 });
  assert.equal(limitsOf({ ...one, ...unlimited, 'cpu/cpu.cfs_quota_us': '-1' }), undefined);
  assert.equal(limitsOf({}), undefined);
});
