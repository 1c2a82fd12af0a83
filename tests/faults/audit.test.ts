/** `npx loadtest audit`: what is audited is the page, a page that leads elsewhere and a journey that fails are named, and the others go on. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Summary } from '../../analysis/summary/summary.ts';
import { childEnvironment } from '../../config/environment.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';

function audit(t: TestContext, copy: string, words: string[]) {
  const reports = temporaryFolder(t);
  const env = { ...childEnvironment(), DATA_SIZE: 'small', THINK: '0', REPORTS_DIR: reports };
  const program = join(copy, 'cli/loadtest.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'audit', ...words], {
    cwd: copy,
    env,
    encoding: 'utf8',
  });
  const [run = ''] = readdirSync(reports).filter((name) => name.endsWith('-audit'));
  const runDir = join(reports, run);
  const summary = JSON.parse(readFileSync(join(runDir, 'summary.json'), 'utf8')) as Summary;
  return { status, said: stdout + stderr, runDir, summary };
}

test('a page that leads to sign-in is never audited as the page; a signed-in page beside it is', (t) => {
  const copy = copyProject(t);
  // Nobody is signed in who audits it.
  replaceOnce(
    copy,
    'lighthouse/pages.ts',
    "page('resident', '/my-schedule'",
    "page('visitor', '/my-schedule'",
  );
  const words = ['/my-schedule', '/people', '--quick', '--throttling', 'simulate'];
  const { status, said, runDir, summary } = audit(t, copy, words);
  assert.equal(status, 1, said);
  assert.match(said, /\] \/my-schedule by visitor, 1 of 1: failed: leads to sign-in \(\/login\)/);
  assert.match(
    said,
    /\] \/people by coordinator, 1 of 1: LCP \d+ ms, TBT \d+ ms, performance \d+ \(about \d+ s left\)/,
  );
  assert.equal(summary.metrics['audit./my-schedule.LCP'], undefined);
  assert.ok((summary.metrics['audit./people.LCP']?.p50 ?? 0) > 0);
  assert.ok((summary.metrics['audit./people.transfer size']?.p50 ?? 0) > 100_000, 'the load was cold');
  const people = summary.audits?.find(({ name }) => name === '/people')?.concluded;
  assert.match(people?.throttling ?? '', /^simulate: 40 ms/);
  for (const file of [people?.file, people?.json, people?.film[0]?.file])
    assert.ok(file && existsSync(join(runDir, file)), file);
});

test('a journey that fails in the middle is named with its step; its steps before that keep their figures', (t) => {
  const copy = copyProject(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "this.#turn('Next month')", "this.#turn('Next mnth')");
  replaceOnce(copy, 'config/browser-context.ts', 'ACTION_TIMEOUT_MS = 20_000', 'ACTION_TIMEOUT_MS = 8_000');
  const { status, said, summary } = audit(t, copy, ['view the call roster', '--quick']);
  assert.equal(status, 1, said);
  const [, step = ''] = /view the call roster by resident, 1 of 1: failed: ([^:]+): /.exec(said) ?? [];
  const failed = summary.audits?.find(({ failures }) => failures.length > 0);
  assert.equal(failed?.name, `view the call roster: ${step}`, said);
  const [opened, ...steps] = summary.audits?.filter(({ repeats }) => repeats > 0) ?? [];
  assert.equal(opened?.name, 'view the call roster: open the application');
  assert.ok(opened?.measures.some(({ measure }) => measure === 'performance'));
  assert.ok(steps.length > 0);
  assert.ok(
    steps.every(({ measures }) => !measures.some(({ unit }) => unit === '%')),
    'a timespan has no score',
  );
});
