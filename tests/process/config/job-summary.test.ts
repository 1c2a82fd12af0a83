/** What the workflow shows of its runs: GitHub drops a summary of more than 1 MiB, all of it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';

const MIB = 1024 * 1024;
const SCRIPT = join(ROOT, '.github/scripts/job-summary.sh');

/** The page that the workflows' script makes of these. */
function page(folder: string, summaries: Record<string, string>): string {
  const runs = join(folder, 'reports/runs');
  mkdirSync(runs, { recursive: true });
  for (const [run, text] of Object.entries(summaries)) {
    mkdirSync(join(runs, run));
    writeFileSync(join(runs, run, 'summary.md'), text);
  }
  if (summaries.a) symlinkSync('a', join(runs, 'latest'));
  const file = join(folder, 'page.md');
  const { status, stderr } = spawnSync('bash', [SCRIPT], {
    cwd: folder,
    env: childEnvironment({ GITHUB_STEP_SUMMARY: file }),
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return readFileSync(file, 'utf8');
}

test('each run once, one after the other', (t) => {
  assert.equal(page(temporaryFolder(t), { a: '## Pass\n', b: '## Fail\n' }), '## Pass\n\n## Fail\n\n');
  assert.match(page(temporaryFolder(t), {}), /No run was finished/);
});

test('more than GitHub takes is cut after a whole line, and says so', (t) => {
  const text = page(temporaryFolder(t), { a: `## Fail\n${`${'ä'.repeat(60)}\n`.repeat(10_000)}` });
  assert.ok(Buffer.byteLength(text) < MIB, `${Buffer.byteLength(text)}`);
  assert.match(text, /^## Fail\n[\s\S]*\nä{60}\n\n… cut here: the artifact reports has all\.\n$/);
});
