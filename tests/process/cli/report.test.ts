/** `npx loadtest report`: concludes a run directory again, whatever state it is in. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { healthySamples, runDirectory, runJson } from '../../analysis/synthetic-run.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';

function report(words: string[], settings: Record<string, string> = {}) {
  return explained(['report', ...words], settings);
}

test('gives verdict and report of a directory; the exit code is the verdict’s, also of an interrupted run', async (t) => {
  const failing = healthySamples().map((sample) =>
    sample.kind === 'request' ? { ...sample, ok: false, status: 500 } : sample,
  );
  const good = runDirectory(runJson({ ended: 'interrupted' }), healthySamples());
  const reports = temporaryFolder(t);
  symlinkSync(good, join(reports, 'latest'));
  const [warned, failed, killed] = [
    await report([], { REPORTS_DIR: reports }),
    await report([runDirectory(runJson(), failing)]),
    await report([runDirectory(runJson({ ended: undefined, end: undefined }), healthySamples())]),
  ];
  assert.deepEqual(
    [warned.code, failed.code, killed.code],
    [0, 1, 3],
    JSON.stringify([warned, failed, killed]),
  );
  assert.ok(warned.said.trimEnd().endsWith(`Report: ${join(reports, 'latest/index.html')}`), warned.said);
  assert.match(killed.said, /^Invalid.*\n {2}- the run was killed: it did not end by itself/m);
});

test('limits that are tried out write nothing: the run keeps its verdict, its report and its limits', async (t) => {
  const limits = join(temporaryFolder(t), 'stricter.yml');
  writeFileSync(limits, 'smoke:\n  metrics:\n    class.crud.p50: [error, 1]\n');
  const judged = runDirectory(runJson(), healthySamples());
  assert.equal((await report([judged])).code, 0);
  const neverJudged = runDirectory(runJson(), healthySamples());
  for (const [dir, kept] of [
    [judged, 'Nothing was written; the run keeps its verdict: pass.'],
    [neverJudged, 'Nothing was written.'],
  ] as const) {
    const before = contentOf(dir);
    const { code, said } = await report([dir, '--thresholds', limits]);
    assert.equal(code, 1, 'the exit code is that of the limits tried out');
    assert.match(said, /^Fail: [\s\S]*class\.crud\.p50: expected ≤ 1 ms/m);
    assert.ok(said.trimEnd().endsWith(`Tried out with ${limits}. ${kept}`), said);
    assert.ok(!said.includes('Report:'), 'no report of these limits exists');
    assert.deepEqual(contentOf(dir), before);
  }
});

/** Every file of a directory, with what it holds and when it was written. */
function contentOf(dir: string): Array<[name: string, written: number, content: string]> {
  return readdirSync(dir).map((name) => {
    const file = join(dir, name);
    return [name, statSync(file).mtimeMs, readFileSync(file, 'base64')];
  });
}

test('with a folder in the place of the link, the newest run by name is reported', async (t) => {
  const reports = temporaryFolder(t);
  mkdirSync(join(reports, 'latest'));
  for (const name of ['2026-11-23T09-00-16Z-load', '2026-11-23T09-00-15Z-spike'])
    cpSync(runDirectory(runJson(), healthySamples()), join(reports, name), { recursive: true });
  const { code, said } = await report([], { REPORTS_DIR: reports });
  assert.equal(code, 0, said);
  assert.ok(
    said.trimEnd().endsWith(`Report: ${join(reports, '2026-11-23T09-00-16Z-load/index.html')}`),
    said,
  );
});

test('what is no run directory, or wrong use, is one line and exit 2', async (t) => {
  const folder = temporaryFolder(t);
  const mistakes: Array<[words: string[], says: RegExp]> = [
    [[join(folder, 'none')], /none: no such directory\. Give one under reports\/runs\/\.$/],
    [[runDirectory(runJson(), []), '--thresholds', 'none.yml'], /^none\.yml: /],
    [['--al'], /^loadtest report: unknown option '--al'\. See `npx loadtest report --help`\.$/],
  ];
  for (const [words, says] of mistakes) {
    const { code, said, wrong } = await report(words);
    assert.match(wrong.trimEnd(), says);
    assert.deepEqual([code, said, wrong.trimEnd().split('\n').length], [2, wrong, 1]);
  }
  assert.match((await report(['--help'])).said, /Examples:\n {2}npx loadtest report reports\/runs\/2026/);
});
