import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { type NodeTestOptions, playwrightCounts, type TestCounts } from '../../../tools/test-counts.ts';

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

function counted(
  by: 'runNodeTests' | 'runNodeTestsTwice',
  files: string[],
  options: NodeTestOptions,
): TestCounts {
  const script = write(
    'count.mjs',
    `import { ${by} } from ${JSON.stringify(pathToFileURL(join(ROOT, 'tools/test-counts.ts')).href)};
    console.log(JSON.stringify(await ${by}(${JSON.stringify(files)}, ${JSON.stringify(options)})));`,
  );
  const { stdout, stderr } = node(script);
  const last = stdout.trim().split('\n').at(-1) ?? '';
  assert.ok(last.startsWith('{'), `${stdout}${stderr}`);
  return JSON.parse(last) as TestCounts;
}

const TOGETHER = { concurrency: 1, mayStartProcesses: true, together: true, limitMs: 60_000 };

function countNodeTests(file: string, options: NodeTestOptions = TOGETHER): unknown {
  const { passed, failed } = counted('runNodeTests', [file], options);
  return { passed, failed };
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
    const none = { ...TOGETHER, mayStartProcesses: false };
    assert.deepEqual(countNodeTests(file, none), { passed: 0, failed: 1 });
  });

  it('has a test that never ends as failed, by its name, and those before it', () => {
    const file = write(
      'endless.test.mjs',
      "import { it } from 'node:test';\nit('a', () => {}); it('endless', async () => { for (;;) await undefined; }); it('b', () => {});\n",
    );
    const { passed, failed, failures } = counted('runNodeTests', [file], { ...TOGETHER, limitMs: 1500 });
    assert.deepEqual([passed, failed], [1, 1]);
    assert.deepEqual(failures, [{ file, name: 'endless (did not end)' }]);
  });

  it('fails when a hook fails after its tests', () => {
    const file = write(
      'hook.test.mjs',
      "import { after, describe, it } from 'node:test';\ndescribe('s', () => { after(() => { throw new Error('no'); }); it('a', () => {}); });\n",
    );
    assert.deepEqual(countNodeTests(file), { passed: 1, failed: 1 });
  });
});

describe('the second try', () => {
  it('is one file alone: what passes then has passed, what fails again has failed, and both are named', () => {
    const flag = JSON.stringify(join(folder, 'was-here'));
    const flaky = write(
      'flaky.test.mjs',
      `import { existsSync, writeFileSync } from 'node:fs';\nimport { describe, it } from 'node:test';
      it('good', () => {});
      describe('s', () => { it('first not', () => { if (!existsSync(${flag})) { writeFileSync(${flag}, ''); throw new Error('no'); } }); });\n`,
    );
    const bad = write(
      'bad.test.mjs',
      "import { it } from 'node:test';\nit('never', () => { throw new Error('no'); });\n",
    );
    const counts = counted('runNodeTestsTwice', [flaky, bad], TOGETHER);
    assert.deepEqual(counts, {
      passed: 2,
      failed: 1,
      failures: [{ file: bad, name: 'never' }],
      secondTry: [{ file: flaky, name: 'first not' }],
    });
  });
});

describe('the count of Playwright tests', () => {
  const results = (expected: number, unexpected: number, flaky: number) => {
    const spec = (title: string, status: string) => ({ title, file: 'a.spec.ts', tests: [{ status }] });
    const specs = [spec('good', 'expected'), spec('bad', 'unexpected')];
    return write(
      'results.json',
      JSON.stringify({
        config: { rootDir: '/tests' },
        stats: { expected, unexpected, flaky, skipped: 3 },
        suites: [{ specs, suites: [{ specs: [spec('late', 'flaky')] }] }],
      }),
    );
  };

  it('names what failed, and what passed on its second try', () => {
    assert.deepEqual(playwrightCounts(results(8, 1, 1), 1), {
      passed: 9,
      failed: 1,
      failures: [{ file: '/tests/a.spec.ts', name: 'bad' }],
      secondTry: [{ file: '/tests/a.spec.ts', name: 'late' }],
    });
  });

  it('is never green when Playwright was not', () => {
    assert.equal(playwrightCounts(results(8, 0, 0), 0).failed, 0);
    assert.equal(playwrightCounts(results(8, 0, 0), 1).failed, 1);
    assert.equal(playwrightCounts(join(folder, 'none.json'), 0).failed, 1);
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
