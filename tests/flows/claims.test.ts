import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Claims } from '../../measure/session/claims.ts';
import { isInterruption } from '../../measure/steps/failure.ts';

const runDir = mkdtempSync(join(tmpdir(), 'claims-'));
after(() => rmSync(runDir, { recursive: true, force: true }));

function claimsOf(signal?: AbortSignal): Claims {
  return new Claims(runDir, signal);
}

test('no two sessions get the same day; what one gives back another may have', () => {
  const days = ['mon', 'tue'];
  const [one, two, three] = [claimsOf(), claimsOf(), claimsOf()];
  assert.deepEqual(
    [one, two, three].map((claims) => claims.first('calls', days)),
    ['mon', 'tue', undefined],
  );
  assert.equal(three.first('drafts', days), 'mon', 'a day of calls is no week of drafts');
  one.release();
  assert.equal(three.first('calls', days), 'mon');
  for (const claims of [two, three]) claims.release();
});

test('a session gets another day each time, and one that it had only when there is no other', () => {
  const claims = claimsOf();
  const days = ['mon', 'tue'];
  const given = days.concat('again').map(() => {
    const day = claims.first('calls', days);
    claims.release();
    return day;
  });
  assert.deepEqual(given, ['mon', 'tue', 'mon']);
});

test('for what there is one of, sessions take turns', async () => {
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    [1, 2, 3, 4].map(async (number) => {
      const claims = claimsOf();
      await claims.turn('settings');
      await claims.turn('settings'); // has it already
      inside += 1;
      most = Math.max(most, inside);
      await wait(1);
      order.push(number);
      inside -= 1;
      claims.release();
    }),
  );
  assert.equal(most, 1);
  assert.deepEqual(order.sort(), [1, 2, 3, 4]);
});

test('a run that is being ended lets nobody wait on', async () => {
  const [first, second] = [claimsOf(), new AbortController()];
  await first.turn('settings');
  const waiting = claimsOf(second.signal).turn('settings');
  second.abort();
  await assert.rejects(waiting, isInterruption);
  await assert.rejects(claimsOf(second.signal).turn('settings'), isInterruption);
  first.release();
  const last = claimsOf();
  await last.turn('settings');
  last.release();
});

test('all or none: who cannot have each of some weeks has none of them', () => {
  const [one, two] = [claimsOf(), claimsOf()];
  assert.equal(one.first('drafts', ['week 2']), 'week 2');
  assert.equal(two.all('drafts', ['week 1', 'week 2']), false);
  assert.equal(one.first('drafts', ['week 1']), 'week 1', 'it was given back');
  assert.equal(two.all('drafts', ['week 3', 'week 4']), true);
  for (const claims of [one, two]) claims.release();
});

test('another run has a registry of its own', () => {
  const [one, other] = [claimsOf(), new Claims(join(runDir, 'other'))];
  assert.deepEqual([one.first('calls', ['mon']), other.first('calls', ['mon'])], ['mon', 'mon']);
  for (const claims of [one, other]) claims.release();
});
