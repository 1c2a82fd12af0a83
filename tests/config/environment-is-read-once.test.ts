import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { ROOT } from '../../config/environment.ts';

const ROOMS = [
  ...[
    'analysis',
    'api',
    'artillery',
    'benchmarks',
    'cli',
    'docker',
    'fixtures/data',
    'flows',
    'measure',
    'playwright',
  ],
  ...['runner', 'tests', 'tools'],
];
/** Tests of the reader itself, and a program that a test loads into threads of a run. */
const MAY = /^tests\/((process\/)?config\/|faults\/breaking-worker\.mjs)/;

/** Spelt so that this file does not find itself. */
const PROCESS_ENV = /\bprocess\s*(\?\.|\.)\s*env\b(?!['"`])/;

it('only config/ reads the environment (the embedded scheduler is a program of its own)', () => {
  const files = globSync([`{${ROOMS.join(',')}}/**/*.{ts,mts,tsx,mjs,js}`, '*.{ts,mts,mjs,js}'], {
    cwd: ROOT,
    exclude: ['**/node_modules/**'],
  });
  assert.ok(files.length > 10, 'the search finds the project');
  const readers = files.flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .map((line, index) => ({ line, where: `${file}:${index + 1}` }))
      .filter(({ line }) => PROCESS_ENV.test(line) && !/^\s*(\/\/|\*)/.test(line))
      .map(({ line, where }) => `${where}: ${line.trim()}`),
  );
  assert.deepEqual(
    readers.filter((reader) => !MAY.test(reader)),
    [],
    'read it in config/environment.ts and pass it on',
  );
});
