/** docs/README.md leads to every page, once, by the question that the page answers. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../config/root.ts';

const DOCS = join(ROOT, 'docs');
/** The contract is a folder with an index of its own. */
const pages = globSync('*.md', { cwd: DOCS }).filter((page) => page !== 'README.md');

/** Page → the words of its link in the index. */
function linksOf(index: string): Array<[page: string, words: string]> {
  return [...index.matchAll(/^- \[([^\]]+)\]\(([\w-]+\.md)\)/gm)].map(([, words = '', page = '']) => [
    page,
    words,
  ]);
}

const links = linksOf(readFileSync(join(DOCS, 'README.md'), 'utf8'));

test('every page is in the index, once', () => {
  assert.deepEqual(links.map(([page]) => page).sort(), pages.sort());
});

for (const [page, words] of links)
  test(`${page} is a question, and the index asks it`, () => {
    const [title = ''] = readFileSync(join(DOCS, page), 'utf8').split('\n');
    assert.equal(title, `# ${words}`);
    assert.match(words, /\?$/);
  });
