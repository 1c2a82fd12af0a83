/**
 * Reasons for `invalid` that nothing else here brings about, each by a run that it really happens to. The others:
 * target-death.test.ts, full-disk.test.ts, and the proofs generator, clock, killed and suspended of `npm run test:truth`.
 */
import assert from 'node:assert/strict';
import { chmodSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Summary } from '../../analysis/summary/summary.ts';
import { findBrowser } from '../../config/browser.ts';
import { ROOT } from '../../config/environment.ts';
import { commandLine, descendants } from '../artillery/processes.ts';
import {
  finishedRun,
  SuiteProcess,
  startArtillery,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';

const LOOK_EVERY_MS = 50;
/** A page is then on its way: its view is counted, and can yield no more. */
const KILL_AFTER_MS = 400;

it('browsers that do not start leave planned sessions out: invalid, exit 3', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const profile = writeProfile(folder, {
    phases: [{ name: 'steady', duration: 6, arrivalCount: 3 }],
    scenarios: [RESIDENTS_IN_BROWSERS],
    playwright: { useSeparateBrowserPerVU: true },
  });
  // As on a machine whose memory is enough for one.
  const program = join(folder, 'chromium-headless-shell');
  const begun = join(folder, 'begun');
  writeFileSync(
    program,
    [
      '#!/bin/sh',
      // Its version is asked for before the run.
      `[ "$1" = --version ] || mkdir '${begun}' 2>/dev/null || { echo 'out of memory' >&2; exit 1; }`,
      `exec '${findBrowser({ headed: false }).path}' "$@"`,
    ].join('\n'),
  );
  chmodSync(program, 0o755);
  const run = startArtillery(profile, { ...settings, CHROMIUM_PATH: program, THINK: '0.1', JOURNEYS: '1' });
  const { code } = await run.ended;

  assert.equal(code, 3, run.output);
  const { summary } = finishedRun(`${folder}/reports`);
  assert.equal(summary.verdict, 'invalid');
  assert.match(summary.reasons.join('\n'), /only 1 of 3 planned sessions started \(33/);
  assert.deepEqual(
    summary.errors.filter(({ name }) => name === 'browser not started').map(({ count }) => count),
    [2],
  );
  assert.deepEqual(await run.leftBehind(), []);
});

it('pages that are killed take their Web Vitals with them: invalid, exit 3', async (t) => {
  const folder = temporaryFolder(t);
  const { settings, scheduler } = await startTarget(t, folder);
  // On a quick machine a page would be painted before it is killed, and its view complete.
  await setFaults(scheduler.url, [{ route: 'GET /assets/*', delayMs: 600 }]);
  const profile = writeProfile(folder, {
    phases: [{ name: 'steady', duration: 8, arrivalCount: 4 }],
    scenarios: [RESIDENTS_IN_BROWSERS],
  });
  const run = startArtillery(profile, { ...settings, THINK: '0.1', JOURNEYS: '1' });
  await run.until('the first phase', () => run.stdout.includes('steady:'));
  let isOver = false;
  const ended = run.ended.finally(() => {
    isOver = true;
  });
  const killed = new Set<number>();
  while (!isOver) {
    for (const { pid } of descendants(run.pid)) {
      // Each page but the first: of a run without any vitals nobody would believe a figure anyway.
      if (!commandLine(pid).includes('--type=renderer') || killed.has(pid)) continue;
      killed.add(pid);
      if (killed.size > 1) setTimeout(() => tryKill(pid), KILL_AFTER_MS);
    }
    await wait(LOOK_EVERY_MS);
  }
  const { code } = await ended;

  assert.equal(code, 3, run.output);
  const { summary } = finishedRun(`${folder}/reports`);
  assert.equal(summary.verdict, 'invalid');
  assert.match(
    summary.reasons.join('\n'),
    /only [\d.]+ % of the Web Vitals that \d+ page views could yield were captured/,
  );
});

function tryKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Its session ended before.
  }
}

it('a run whose samples were cut off afterwards is invalid when it is read again, and says so', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const profile = writeProfile(folder, {
    phases: [{ name: 'steady', duration: 3, arrivalCount: 3 }],
    scenarios: [RESIDENTS_OVER_HTTP],
  });
  const run = startArtillery(profile, { ...settings, THINK: '0.1', JOURNEYS: '1' });
  await run.ended;
  const { runDir, summary } = finishedRun(`${folder}/reports`);
  const packed = join(runDir, 'samples.ndjson.gz');
  truncateSync(packed, Math.round(statSync(packed).size * 0.7));

  const report = new SuiteProcess([join(ROOT, 'cli/loadtest.ts'), 'report', runDir], settings);
  const { code } = await report.ended;
  const again = JSON.parse(readFileSync(join(runDir, 'summary.json'), 'utf8')) as Summary;
  assert.equal(code, 3, report.output);
  assert.equal(again.verdict, 'invalid');
  assert.match(
    again.reasons.join('\n'),
    /the file of samples .*: \d+ samples read, how much is lost is not known/,
  );
  assert.ok(again.counts.samples > 0 && again.counts.samples < summary.counts.samples);
});
