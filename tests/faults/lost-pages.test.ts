/** Processes of the browser that are killed in mid-run: whatever came of the rest, the verdict's first reason names it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { commandLine, descendants } from '../artillery/processes.ts';
import {
  finishedRun,
  type SuiteProcess,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_IN_BROWSERS } from './scenarios.ts';
import { startTarget } from './target.ts';

const SETTINGS = { THINK: '0.3', JOURNEYS: '1' };
/** A page is then in use. */
const KILL_AFTER_MS = 1500;

/** Processes of the browser that this run started, and no others. */
function browserProcesses(run: SuiteProcess, isWanted: (commandLine: string) => boolean): number[] {
  return descendants(run.pid)
    .map(({ pid }) => pid)
    .filter((pid) => isWanted(commandLine(pid)));
}

const isRenderer = (line: string) => line.includes('--type=renderer');
/** Its helpers have a type; this is the one that they are children of. */
const isBrowser = (line: string) => line.includes('--remote-debugging-pipe') && !line.includes('--type=');

async function kill(run: SuiteProcess, isWanted: (commandLine: string) => boolean): Promise<void> {
  await run.until('a process of the browser', () => browserProcesses(run, isRenderer).length > 0);
  await wait(KILL_AFTER_MS);
  for (const pid of browserProcesses(run, isWanted)) process.kill(pid, 'SIGKILL');
}

function profile(folder: string): string {
  return writeProfile(folder, {
    phases: [{ name: 'steady', duration: 12, arrivalCount: 3 }],
    scenarios: [RESIDENTS_IN_BROWSERS],
  });
}

test('pages are killed: the sessions that lost theirs are counted, and above their limit the run is invalid by that name', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const run = startArtillery(profile(folder), { ...settings, ...SETTINGS });
  await kill(run, isRenderer);
  const { code } = await run.ended;

  const { summary } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  const [reason = ''] = apartFromMachine(summary).reasons;
  assert.match(reason, /^[1-3] of 3 sessions in browsers lost their page/);
  assert.ok(summary.lostPages.sessions >= 1);
  assert.equal(summary.lostPages.browsers, 0);
  const gate = summary.gates.find(({ metric }) => metric === 'pages.lost');
  assert.equal(gate?.outcome, 'failed');
});

test('the browser is killed: its sessions and it are counted, another one is started, and the run is invalid by that name', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const run = startArtillery(profile(folder), { ...settings, ...SETTINGS });
  await kill(run, isBrowser);
  const { code } = await run.ended;

  const { summary } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  const [reason = ''] = apartFromMachine(summary).reasons;
  assert.match(reason, /lost their page.*; 1 browser ended and had to be started again$/);
  assert.equal(summary.lostPages.browsers, 1);
  assert.ok(summary.counts.sessions.ok >= 1, 'users after it had another one');
  assert.deepEqual(await run.leftBehind(), []);
});

test('a page of a perf test is killed: the run is invalid by that name', async (t) => {
  const folder = temporaryFolder(t);
  const { settings } = await startTarget(t, folder);
  const run = startPerf(['--grep', 'view my schedule'], { ...settings, THINK: '1' });
  await kill(run, isRenderer);
  const { code } = await run.ended;

  const { summary } = finishedRun(`${folder}/reports`);
  assert.equal(code, 3, run.output);
  const [reason = ''] = apartFromMachine(summary).reasons;
  assert.match(reason, /^1 of 1 session in browsers lost their page/);
});
