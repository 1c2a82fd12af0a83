/** Documents name files and folders of the repository as they are now. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../../config/root.ts';

const tracked = execFileSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
const files = new Set(tracked);
const folders = new Set(tracked.flatMap((file) => parents(file)));

function parents(file: string): string[] {
  const parts = file.split('/').slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}

/** Paths between backticks that begin with a folder of the repository; patterns and places to fill in are left out. */
function missingPaths(markdown: string): string[] {
  const named = [...markdown.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path = '']) =>
    path.replace(/\/$/, ''),
  );
  return named.filter(
    (path) => folders.has(path.split('/')[0] ?? '') && !files.has(path) && !folders.has(path),
  );
}

const documents = tracked.filter((file) => /^(README|CONTRIBUTING)\.md$|^docs\/[^/]+\.md$/.test(file));
for (const document of documents) {
  test(`${document} names no file that is not there`, () => {
    // Links of a run and of the example journeys lead to files that a reader makes.
    const text = readFileSync(join(ROOT, document), 'utf8').replace(/```[\s\S]*?```/g, '');
    assert.deepEqual(missingPaths(text), []);
  });
}

test('a path that is gone is found; a pattern, a package and a file of a run are not paths', () => {
  assert.deepEqual(missingPaths('`config/gone.ts`, `flows/nobody/`, `analysis/`, `config/root.ts`'), [
    'config/gone.ts',
    'flows/nobody',
  ]);
  assert.deepEqual(missingPaths('`flows/<role>/<name>.ts`, `reports/runs/x`, `artillery/*.yml`'), []);
});
