/** Pictures in docs/ are small, and each is in a page. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/root.ts';

/** bytes */
const LARGEST = 150_000;
const DOCS = join(ROOT, 'docs');
const pictures = globSync('*.{png,webp,svg,jpg,gif}', { cwd: DOCS });

test('each is shown by a page, and every page shows pictures that are there', () => {
  const shown = globSync('*.md', { cwd: DOCS }).flatMap((page) => {
    const links = readFileSync(join(DOCS, page), 'utf8').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g);
    return [...links].map(([, file = '']) => file);
  });
  assert.deepEqual([...new Set(shown)].sort(), pictures.sort());
  const [, first] = /!\[[^\]]+\]\(docs\/([^)]+)\)/.exec(readFileSync(join(ROOT, 'README.md'), 'utf8')) ?? [];
  assert.ok(first !== undefined && pictures.includes(first), `README.md shows ${first}`);
});

for (const picture of pictures)
  test(`docs/${picture} is at most ${LARGEST / 1000} kB`, () => {
    assert.ok(statSync(join(DOCS, picture)).size <= LARGEST);
  });
