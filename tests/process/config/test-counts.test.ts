import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { playwrightCounts } from '../../../tools/test-counts.ts';

let folder: string;

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** In a process of its own: node's runner does not run inside a test. */
function node(...words: string[]) {
  return spawnSync(process.execPath, words, {
    cwd: ROOT,
    encoding: 'utf8',
    env: childEnvironment({ NODE_TEST_CONTEXT: undefined }),
  });
}

function countNodeTests(
  file: string,
  options = { concurrency: 1, mayStartProcesses: true, together: true },
): unknown {
  const script = write(
    'count.mjs',
    `import { runNodeTests } from ${JSON.stringify(pathToFileURL(join(ROOT, 'tools/test-counts.ts')).href)};
    console.log(JSON.stringify(await runNodeTests([${JSON.stringify(file)}], ${JSON.stringify(options)})));`,
  );
  const { stdout, stderr } = node(script);
  const last = stdout.trim().split('\n').at(-1) ?? '';
  assert.ok(last.startsWith('{'), `${stdout}${stderr}`);
  return JSON.parse(last);
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'counts-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

describe('the count of node tests', () => {
  const NODE_TESTS: Array<[what: string, text: string, counts: { passed: number; failed: number }]> = [
    [
      'tests in and out of suites',
      "it('a', () => {}); describe('s', () => { it('b', () => {}); });",
      { passed: 2, failed: 0 },
    ],
    [
      'a failed test',
      "it('a', () => {}); it('b', () => { throw new Error('no'); });",
      { passed: 1, failed: 1 },
    ],
    ['a skipped test as neither', "it('a', () => {}); it.skip('b', () => {});", { passed: 1, failed: 0 }],
    [
      'tests whose suite could not begin as failed',
      "describe('s', () => { before(() => { throw new Error('no'); }); it('a', () => {}); it('b', () => {}); });",
      { passed: 0, failed: 2 },
    ],
    ['a file that cannot be loaded as failed', "import './gone.mjs';", { passed: 0, failed: 1 }],
  ];
  for (const [index, [what, text, counts]] of NODE_TESTS.entries()) {
    it(`has ${what}`, () => {
      const file = write(
        `t${index}.test.mjs`,
        `import { before, describe, it } from 'node:test';\n${text}\n`,
      );
      assert.deepEqual(countNodeTests(file), counts);
    });
  }

  it('has a test that starts a process as failed where none may be started', () => {
    const file = write(
      'process.test.mjs',
      "import { spawnSync } from 'node:child_process';\nimport { it } from 'node:test';\nit('a', () => { spawnSync('true'); });\n",
    );
    assert.deepEqual(countNodeTests(file), { passed: 1, failed: 0 });
    const none = { concurrency: 1, mayStartProcesses: false, together: true };
    assert.deepEqual(countNodeTests(file, none), { passed: 0, failed: 1 });
  });

  it('fails when a hook fails after its tests', () => {
    const file = write(
      'hook.test.mjs',
      "import { after, describe, it } from 'node:test';\ndescribe('s', () => { after(() => { throw new Error('no'); }); it('a', () => {}); });\n",
    );
    assert.deepEqual(countNodeTests(file), { passed: 1, failed: 1 });
  });
});

describe('the count of Playwright tests', () => {
  const stats = (expected: number, unexpected: number, flaky: number) =>
    write('results.json', JSON.stringify({ stats: { expected, unexpected, flaky, skipped: 3 } }));

  it('takes a flaky test for a failed one', () => {
    assert.deepEqual(playwrightCounts(stats(8, 1, 1), 1), { passed: 8, failed: 2 });
  });

  it('is never green when Playwright was not', () => {
    assert.deepEqual(playwrightCounts(stats(8, 0, 0), 0), { passed: 8, failed: 0 });
    assert.deepEqual(playwrightCounts(stats(8, 0, 0), 1), { passed: 8, failed: 1 });
    assert.deepEqual(playwrightCounts(join(folder, 'none.json'), 0), { passed: 0, failed: 1 });
  });
});

describe('run-tests', () => {
  it('ends with the count alone on a line', () => {
    const { stdout, status } = node('tools/run-tests.ts', '--unit', 'tests/config/duration.test.ts');
    assert.match(stdout, /\n19 passed, 0 failed\n$/);
    assert.equal(status, 0);
  });

  it('is red when no test ran, and refuses what it does not know', () => {
    const none = node('tools/run-tests.ts', '--unit', 'no-such-file');
    assert.equal(none.status, 1);
    assert.equal(none.stdout, '0 passed, 0 failed\n');
    assert.equal(node('tools/run-tests.ts', '--fast').status, 2);
  });
});
