import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { commandLine, descendants } from '../artillery/processes.ts';
import {
  finishedRun,
  type Profile,
  runDirectory,
  startTogether,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { readAccessLog, startTarget } from './target.ts';

const SETTINGS = { DATA_SIZE: 'small', THINK: '0.1' };

/** Two small profiles over HTTP, one open, one closed. Gives their paths. */
function twoProfiles(folder: string): string[] {
  const write = (name: string, phase: object): string => {
    const own = join(folder, name);
    mkdirSync(own);
    const profile: Profile = {
      name,
      users: 3,
      phases: [{ name: 'steady', duration: 5, ...phase }],
      scenarios: [RESIDENTS_OVER_HTTP],
    };
    return writeProfile(own, profile);
  };
  return [write('open', { arrivalCount: 5 }), write('closed', { users: 2 })];
}

it('two profiles at once are one run: sessions of both, each request known to the target, limits of each', async (t) => {
  const folder = temporaryFolder(t);
  const accessLog = join(folder, 'access.ndjson');
  const { settings } = await startTarget(t, folder, { accessLog });
  const run = startTogether(twoProfiles(folder), { ...SETTINGS, ...settings });
  const { code } = await run.ended;
  const { run: facts, samples, summary, runDir } = finishedRun(settings.REPORTS_DIR as string);

  assert.match(runDir, /-open\+closed$/);
  assert.equal(facts.ended, 'finished');
  assert.deepEqual(facts.profiles, ['open', 'closed']);
  // A busy machine may break limits on times, and makes a run invalid: neither is what this is about.
  assert.notEqual(apartFromMachine(summary).verdict, 'invalid', run.output);
  const broken = summary.gates.filter(({ verdict, unit }) => verdict === 'fail' && unit !== 'ms');
  assert.deepEqual([broken, code], [[], summary.exitCode], run.output);
  const started = samples.filter((one) => one.kind === 'event' && one.name === 'session-started');
  const sessions = started.map(({ session }) => session as string);
  assert.equal(new Set(sessions).size, sessions.length);
  assert.equal(sessions.filter((id) => id.startsWith('p1-')).length, 5);
  assert.ok(sessions.filter((id) => id.startsWith('p2-')).length >= 2);
  const accounts = (id: string) =>
    started
      .filter(({ session }) => session?.startsWith(id))
      .map((one) => ('data' in one ? one.data?.account : undefined));
  const ofOpen = accounts('p1-');
  assert.equal(
    accounts('p2-').some((one) => ofOpen.includes(one)),
    false,
    'no account is shared',
  );

  const ids = samples.flatMap((one) => (one.kind === 'request' ? [one.requestId as string] : []));
  const known = new Set(readAccessLog(accessLog).map(({ id }) => id));
  assert.ok(ids.length > 20);
  assert.equal(new Set(ids).size, ids.length);
  assert.deepEqual(
    ids.filter((id) => !known.has(id)),
    [],
  );
  for (const name of ['open', 'closed'])
    assert.ok(
      summary.gates.some(
        ({ metric, verdict }) => metric === `${name}: sessions.failed` && verdict !== 'fail',
      ),
      name,
    );
  assert.deepEqual(await run.leftBehind(), []);
});

it('one of them killed: the others are stopped, and the run is invalid by the name of the one', async (t) => {
  const folder = temporaryFolder(t);
  const reports = join(folder, 'reports');
  const run = startTogether(twoProfiles(folder), { ...SETTINGS, REPORTS_DIR: reports });
  await run.until('both', () => /open: steady:/.test(run.stdout) && /closed: steady:/.test(run.stdout));
  const closed = descendants(run.pid).find(({ pid }) => commandLine(pid).includes('closed/profile.yml'));
  process.kill(closed?.pid as number, 'SIGKILL');
  const { code } = await run.ended;

  assert.equal(code, 3, run.output);
  assert.match(run.output, /the process of profile closed was killed \(SIGKILL\)/);
  assert.equal(finishedRun(reports).run.ended, 'profile-lost');
  assert.deepEqual(await run.leftBehind(), []);
});

it('a limit-seeking profile, or too few accounts for all, is refused before any request: 2, and no run', async (t) => {
  const folder = temporaryFolder(t);
  const reports = join(folder, 'reports');
  const [open = ''] = twoProfiles(folder);
  const run = startTogether([open, 'stress'], { ...SETTINGS, REPORTS_DIR: reports });
  const { code } = await run.ended;
  assert.equal(code, 2, run.output);
  assert.match(run.stderr, /stress looks for the target's limit/);
  assert.equal(runDirectory(reports), undefined);
  assert.deepEqual(await run.leftBehind(), []);
});
