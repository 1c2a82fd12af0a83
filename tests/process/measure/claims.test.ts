/** Browser sessions and HTTP sessions of a run live in threads of their own, those of several profiles in processes. */
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { claimWeeks } from '../../../api/journeys/parts/own-week.ts';
import { addDays } from '../../../fixtures/data/dates.ts';
import { testData } from '../../../fixtures/data/generate.ts';
import { Claims, removeClaims } from '../../../measure/session/claims.ts';
import { isInterruption } from '../../../measure/steps/failure.ts';
import { claimInTurn, type Kept } from './claiming.ts';

const PROGRAM = new URL('./claiming.ts', import.meta.url);

function runFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'claims-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('threads and processes of a run never have the same week at a time', async (t) => {
  const runDir = runFolder(t);
  const weeks = ['2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28'];
  const rounds = 60;
  const worker = new Worker(PROGRAM, { workerData: { runDir, weeks, rounds } });
  const child = fork(PROGRAM, [runDir, weeks.join(), String(rounds)], { execArgv: [] });
  const [ofThread, ofProcess, ofThis] = await Promise.all([
    once(worker, 'message').then(([kept]) => kept as Kept[]),
    once(child, 'message').then(([kept]) =>
      (kept as Array<[string, string, string]>).map(
        ([week, from, to]): Kept => ({ week, from: BigInt(from), to: BigInt(to) }),
      ),
    ),
    claimInTurn(runDir, weeks, rounds),
  ]);
  for (const part of [ofThread, ofProcess, ofThis]) assert.ok(part.length > 20, `${part.length} claims`);
  const all = [...ofThread, ...ofProcess, ...ofThis].sort((a, b) => (a.from < b.from ? -1 : 1));
  for (const week of weeks) {
    const kept = all.filter((one) => one.week === week);
    for (const [index, one] of kept.entries()) {
      const next = kept[index + 1];
      assert.ok(!next || one.to <= next.from, `${week} was kept by two at a time`);
    }
  }
  removeClaims(runDir);
  assert.ok(!existsSync(join(runDir, 'claims')));
});

test('an HTTP session takes no week that a browser session generates, and the other way round', async (t) => {
  const runDir = runFolder(t);
  const data = testData({ runId: 'r', session: 'a1', seed: 1 });
  const [monday] = data.inTurn([addDays(data.today, 1)]);
  const start = [0, 1, 2, 3, 4, 5, 6]
    .map((days) => addDays(monday as string, days))
    .find((day) => new Date(day).getUTCDay() === 1);
  const days = Array.from({ length: 14 }, (_, index) => ({ date: addDays(start as string, index) }));
  const api = { request: async () => ({ data: { items: days, total: days.length } }) } as never;
  const browser = new Claims(runDir);
  const overHttp = new Claims(runDir);
  const weeks = [start as string, addDays(start as string, 7)];

  const taken = browser.first('drafts', weeks) as string;
  const range = await claimWeeks({ api, data, claimAll: overHttp.all }, []);
  assert.ok('start' in range && weeks.includes(range.start) && range.start !== taken);
  const none = await claimWeeks({ api, data, claimAll: new Claims(runDir).all }, []);
  assert.equal('code' in none && none.code, 'no-week-without-draft');
  assert.equal(new Claims(runDir).first('drafts', weeks), undefined);
  browser.release();
  const again = await claimWeeks({ api, data, claimAll: new Claims(runDir).all }, []);
  assert.equal('start' in again && again.start, taken);
});

test('what another thread or process has is waited for, and the end of a run ends the wait', async (t) => {
  const runDir = runFolder(t);
  const turn = async (signal?: AbortSignal) => {
    const claims = new Claims(runDir, signal);
    await claims.turn('settings');
    return claims;
  };
  (await turn()).release();
  // As another thread or process makes it.
  const file = join(runDir, 'claims', encodeURIComponent('settings '));
  writeFileSync(file, '', { flag: 'wx' });
  let isMine = false;
  const waiting = turn().then((claims) => {
    isMine = true;
    return claims;
  });
  const stopping = new AbortController();
  const stopped = turn(stopping.signal);
  stopping.abort();
  await assert.rejects(stopped, isInterruption);
  assert.equal(isMine, false);
  rmSync(file);
  (await waiting).release();
});
