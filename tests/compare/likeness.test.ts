/** Which facts two runs must share, each by its name. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differencesOf, differenceText, likenessOf } from '../../compare/likeness.ts';
import { readEnvironment } from '../../config/environment.ts';
import { loadSettings } from '../../config/load-settings.ts';
import { loadThinkTimes } from '../../config/think.ts';
import type { DataSize } from '../../measure/run/data-size.ts';
import { type RunJson, SCHEMA } from '../../measure/run/run.ts';
import { runJson } from '../analysis/synthetic-run.ts';

const size = (counts: DataSize['counts']) => ({
  before: { at: '2026-11-23T15:00:00Z', counts, unknown: {} },
});
const settings = loadSettings(readEnvironment({}));
const whole = runJson({ settings, dataSize: size({ people: 100, swaps: 5 }) });
const { host, plan, target } = whole;
const CPU = { cpuBenchmarkMs: 12, cpuBenchmarkVersion: 1 };

function differences(changes: Partial<RunJson>, from: RunJson = whole, schema = SCHEMA): string[] {
  const other = { ...from, ...changes };
  return differencesOf(likenessOf(from, SCHEMA), likenessOf(other, schema)).map(differenceText);
}

test('each fact that shapes the figures is named where it differs', () => {
  const [phase] = plan.phases;
  assert.ok(phase);
  const cases: Array<[changes: Partial<RunJson>, what: RegExp]> = [
    [{ profiles: ['load', 'spike'] }, /^profile: smoke and load\+spike$/],
    [{ target: { ...target, environment: 'staging' } }, /^environment: local and staging$/],
    [{ runner: 'playwright' }, /^way to run: artillery and playwright$/],
    [{ ended: 'interrupted' }, /^end of the run: finished and interrupted$/],
    [{ settings: { ...settings, VUS: 9 } }, /^VUS: not set and 9$/],
    [{ settings: undefined }, /^settings: known and not known$/],
    [{ plan: { ...plan, phases: [{ ...phase, duration: 61 }] } }, /^phases of the profile: /],
    [{ plan: { ...plan, mix: plan.mix.slice(1) } }, /^mix of users: /],
    [{ plan: { ...plan, think: loadThinkTimes() } }, /^think times \(config\/think\.yml\): /],
    [{ plan: { ...plan, seed: 2 } }, /^seed: 1 and 2$/],
    [{ throttle: { cpuSlowdown: 4 } }, /^throttling: none and CPU 4×$/],
    [{ traced: 'all' }, /^tracing: none and all$/],
    [{ target: { ...target, rateLimits: true } }, /^rate limits of the target: not set and true$/],
    [{ target: { ...target, data: 'large' } }, /^data set: small and large$/],
    [{ dataSize: size({ people: 115, swaps: 5 }) }, /^data of the target, people: 100 and 115$/],
    [{ dataSize: undefined }, /^size of data: known and not known$/],
    [
      { host: { ...host, browserBuild: 'Chromium 157' } },
      /^browser build: Chromium 156 and Chromium 156, Chromium 157$/,
    ],
    [{ host: { ...host, cores: 4 } }, /^cores: 2 and 4$/],
    [{ host: { ...host, container: { cores: 1 } } }, /^limits of the container: none and \{"cores":1\}$/],
    [{ host: { ...host, memoryMiB: 4000 } }, /^memory: 7900 MiB and 4000 MiB$/],
  ];
  for (const [changes, what] of cases) {
    const found = differences(changes);
    assert.equal(found.length, 1, found.join('; '));
    assert.match(found[0] ?? '', what);
  }
  assert.deepEqual(differences({}, whole, 1), [`schema: ${SCHEMA} and 1`]);
  const fast = { ...whole, host: { ...host, ...CPU } };
  const benchmark = (cpuBenchmarkMs: number, cpuBenchmarkVersion = 1) =>
    differences({ host: { ...host, cpuBenchmarkMs, cpuBenchmarkVersion } }, fast);
  assert.deepEqual(benchmark(16), ['CPU benchmark: 12 ms and 16 ms']);
  assert.deepEqual(benchmark(14), [], 'the same machine varies by as much');
  assert.deepEqual(benchmark(16, 2), [], 'times of two versions say nothing of each other');
});

test('what the target is compared for, and what varies by itself, may differ', () => {
  const alike: Array<Partial<RunJson>> = [
    { id: 'other', label: 'other', start: '2026-11-24T15:00:00Z' },
    { suite: { version: '0.2.0', commit: 'fedcba' } },
    { target: { ...target, version: '2.0.0', url: 'http://127.0.0.1:4301' } },
    { dataSize: size({ people: 109, swaps: 5 }) },
    { dataSize: size({ people: 100, swaps: 9 }) },
    { dataSize: size({ people: 100 }) },
    { host: { ...host, memoryMiB: 7800, os: 'Debian 14' } },
  ];
  for (const changes of alike) assert.deepEqual(differences(changes), [], JSON.stringify(changes));
});
