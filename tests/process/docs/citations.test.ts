import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '../../../config/environment.ts';
import { type ReadPage, wrongCitations } from './citations.ts';

/** These two name what may not be cited. */
const RULES = ['tests/process/docs/citations.ts', 'tests/process/docs/citations.test.ts'];
const TEXT = /\.(?:ts|tsx|mts|cts|mjs|cjs|js|md|ya?ml)$/;

test('every document, section and heading that a file names is in the repository', () => {
  const wrong = filesOfRepository().flatMap((file) =>
    wrongCitations(file, readFileSync(join(ROOT, file), 'utf8'), readPage),
  );
  assert.deepEqual(wrong, []);
});

const PAGES: Record<string, string> = {
  'docs/contract/api.md': '# The API\n\n## 2. Limits\n\n### 2.1 Sign-ins\n\n## 8. Defects\n\n| 1 | swaps |\n',
  'docs/contract/verified.md': '# Seen\n\n## 2. Corrections\n\n1. **One.**\n2. **Two.**\n',
  'docs/measuring.md': '# How?\n\n## Page views and Web Vitals\n',
  'docs/truth.md': '# Why?\n',
};

const SOUND = [
  '(docs/contract/api.md §2.1)',
  '(docs/contract/api.md §2.1 and §8 no. 1, docs/contract/verified.md §2.1 to §2.2)',
  ' * as in `docs/contract/api.md`\n * §2.1, and §2',
  '// docs/measuring.md, "Page views\n// and Web Vitals"',
  'docs/truth.md keeps the tables',
];
for (const text of SOUND) {
  test(`sound: ${JSON.stringify(text)}`, () => {
    assert.deepEqual(
      wrongCitations('a.ts', text, (path) => PAGES[path]),
      [],
    );
  });
}

const PLANTED: Array<[file: string, text: string, wrong: string]> = [
  ['a.ts', '\n// see docs/nothing.md', 'a.ts:2: docs/nothing.md does not exist'],
  ['a.ts', '(docs/contract/api.md §2.1, §2.7)', 'a.ts:1: docs/contract/api.md has no §2.7'],
  ['a.ts', '(docs/contract/api.md\n * §8 no. 2)', 'a.ts:1: docs/contract/api.md has no §8 no. 2'],
  ['a.ts', '(docs/contract/verified.md §2.3)', 'a.ts:1: docs/contract/verified.md has no §2.3'],
  ['a.ts', 'docs/measuring.md, "Nowhere"', 'a.ts:1: docs/measuring.md has no heading "Nowhere"'],
  ['docs/a.md', '[x](nothing.md)', 'docs/a.md:1: docs/nothing.md does not exist'],
  ['docs/truth.md', '[x](#nowhere)', 'docs/truth.md:1: docs/truth.md has no #nowhere'],
  ['docs/a.md', '[x](measuring.md#nowhere)', 'docs/a.md:1: docs/measuring.md has no #nowhere'],
  ['a.ts', '(design §5.7)', 'a.ts:1: "design §" is a document that is not in the repository'],
  ['a.ts', 'design.md', 'a.ts:1: "design.md" is a document that is not in the repository'],
  ['a.ts', 'research/field.md', 'a.ts:1: "field.md" is a document that is not in the repository'],
  ['a.ts', 'in findings/', 'a.ts:1: "findings/" is a document that is not in the repository'],
  ['a.ts', 'house.md', 'a.ts:1: "house.md" is a document that is not in the repository'],
  ['a.ts', 'as truth.md has it', 'a.ts:1: "truth.md" is docs/truth.md without docs/'],
  ['a.yml', 'api.md §2.1', 'a.yml:1: "api.md §" is a page of the contract without docs/contract/'],
  ['a.yml', 'verified.md §2.1', 'a.yml:1: "verified.md" is a page of the contract without docs/contract/'],
];
for (const [file, text, wrong] of PLANTED) {
  test(`found: ${JSON.stringify(text)} in ${file}`, () => {
    assert.deepEqual(
      wrongCitations(file, text, (path) => PAGES[path]),
      [wrong],
    );
  });
}

/** Tracked files, and new ones that are not ignored. */
function filesOfRepository(): string[] {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).split('\0');
  const found = files.filter(
    (file) => TEXT.test(file) && !RULES.includes(file) && existsSync(join(ROOT, file)),
  );
  assert.ok(found.length > 100, `git lists ${found.length} files`);
  return found;
}

const readPage: ReadPage = (path) =>
  existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : undefined;
