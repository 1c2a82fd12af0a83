/** What a proof changes in its copy of the project is there: else the proof breaks, and only those who run it hear of that. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/environment.ts';

const CALL = /replaceOnce\(\s*copy,\s*'([^']+)',\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;

test('each text that a proof replaces is in its file once', () => {
  const texts = globSync('tests/{faults,journeys,truth}/**/*.ts', { cwd: ROOT }).flatMap((proof) =>
    [...readFileSync(join(ROOT, proof), 'utf8').matchAll(CALL)].map(([, file = '', single, double = '']) => ({
      proof,
      file,
      old: (single ?? double).replaceAll('\\n', '\n').replaceAll('\\', ''),
    })),
  );
  assert.ok(texts.length >= 6, `${texts.length} found`);
  const wrong = texts.filter(
    ({ file, old }) => readFileSync(join(ROOT, file), 'utf8').split(old).length !== 2,
  );
  assert.deepEqual(wrong, []);
});
