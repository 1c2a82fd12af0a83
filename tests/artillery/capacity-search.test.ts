import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  CapacitySearch,
  type LevelOutcome,
  type SearchBounds,
} from '../../artillery/steering/capacity-search.ts';
import { seededRandom } from '../../fixtures/data/random.ts';

/** A target that carries `limit` users: its figure grows with them, and is off by chance (`noise`: a share). */
function search(bounds: SearchBounds, limit: number, { noise = 0, growth = 1, seed = 'a' } = {}) {
  const random = seededRandom(seed);
  const searching = new CapacitySearch(bounds);
  const tried: LevelOutcome[] = [];
  for (let users = searching.next(); users !== undefined; users = searching.next()) {
    const load = (users / (limit + 0.5)) ** growth * Math.exp(noise * random.normal());
    const outcome = { users, load, ok: load <= 1 };
    tried.push(outcome);
    searching.tell(outcome);
    assert.ok(tried.length < 100, `it does not end: ${tried.map((one) => one.users).join(' ')}`);
  }
  return { ...searching.answer(), tried };
}

test('it doubles, halves the gap, repeats both ends, and is sure', () => {
  const { holds, breaks, confidence, tried } = search({ from: 2, most: 200 }, 13);
  assert.deepEqual(
    tried.map(({ users }) => users),
    [2, 4, 8, 16, 12, 14, 13, 13, 14, 13, 14],
  );
  assert.deepEqual(
    [holds, breaks],
    [
      { users: 13, agreed: 3, tried: 3 },
      { users: 14, agreed: 3, tried: 3 },
    ],
  );
  assert.equal(confidence, 'high');
});

test('without chance the interval holds the limit, wherever it is, and is at most 5 % wide', () => {
  for (let limit = 1; limit < 200; limit += 1) {
    const { holds, breaks, confidence, tried } = search({ from: 2, most: 200 }, limit);
    assert.ok(holds && breaks, `${limit}`);
    assert.ok(holds.users <= limit && breaks.users > limit, `${limit}: ${holds.users}–${breaks.users}`);
    assert.ok(breaks.users - holds.users <= Math.max(1, 0.05 * holds.users), `${limit}`);
    assert.equal(confidence, 'high');
    assert.ok(tried.length <= 20, `${limit} took ${tried.length} levels`);
  }
});

test('with chance it ends, and is within 10 % of the limit in 19 of 20 searches', () => {
  let off = 0;
  const searches = 2000;
  for (let index = 0; index < searches; index += 1) {
    const limit = 10 + (index % 190);
    const { holds, breaks } = search({ from: 2, most: 400 }, limit, { noise: 0.06, seed: `search ${index}` });
    for (const end of [holds, breaks])
      assert.ok(!end || 2 * end.agreed >= end.tried, 'an end shows mostly what it stands for');
    const middle = ((holds?.users ?? 0) + (breaks?.users ?? 400)) / 2;
    if (Math.abs(middle / (limit + 0.5) - 1) > 0.1) off += 1;
  }
  assert.ok(off <= searches / 20, `${off} of ${searches} were off by more than 10 %`);
});

test('one outlier far below the limit does not stand against the repetitions', () => {
  const searching = new CapacitySearch({ from: 2, most: 64 });
  const seen: number[] = [];
  let hiccup = true;
  for (let users = searching.next(); users !== undefined; users = searching.next()) {
    seen.push(users);
    // 40 users are carried; the first try of 8 breaks by a hair.
    const failed = hiccup && users === 8;
    if (failed) hiccup = false;
    searching.tell(
      failed ? { users, ok: false, load: 1.05 } : { users, ok: users <= 40, load: users / 40.5 },
    );
  }
  const { holds, breaks, confidence } = searching.answer();
  assert.ok((holds?.users ?? 0) >= 39 && (breaks?.users ?? 0) <= 42, seen.join(' '));
  assert.notEqual(confidence, 'low');
});

test('a target that carries all says so, and one that carries nobody too', () => {
  const all = search({ from: 2, most: 20 }, 1000);
  assert.deepEqual([all.holds?.users, all.breaks, all.confidence], [20, null, 'high']);
  assert.equal(all.tried.at(-1)?.users, 20);
  const none = search({ from: 4, most: 20 }, 0);
  assert.deepEqual([none.holds, none.breaks?.users, none.confidence], [null, 1, 'high']);
  assert.deepEqual(search({ from: 9, most: 5 }, 1000).holds?.users, 5, 'the most is never exceeded');
});

test('an answer that time cut short is reported as such', () => {
  const searching = new CapacitySearch({ from: 2, most: 200 });
  assert.deepEqual(searching.answer(), { holds: null, breaks: null, confidence: 'low' });
  searching.tell({ users: 2, ok: true });
  searching.tell({ users: 4, ok: false });
  const { holds, breaks, confidence } = searching.answer();
  assert.deepEqual([holds?.users, breaks?.users, confidence], [2, 4, 'low']);
});

test('with more users than the generator has strength for it looks below, and repeats only what the target showed', () => {
  for (let strength = 1; strength < 60; strength += 1)
    for (const limit of [3, 20, 1000]) {
      const searching = new CapacitySearch({ from: 2, most: 64 });
      const tried: number[] = [];
      for (let users = searching.next(); users !== undefined; users = searching.next()) {
        tried.push(users);
        assert.ok(tried.length < 40, `it does not end: ${tried.join(' ')}`);
        if (users > limit && users > strength) searching.tellBeyond(users);
        else searching.tell({ users, ok: users <= limit });
      }
      const { holds, breaks } = searching.answer();
      const about = `strength ${strength}, limit ${limit}: ${tried.join(' ')}`;
      assert.equal(
        new Set(tried.filter((users) => users > Math.max(limit, strength))).size,
        tried.filter((users) => users > Math.max(limit, strength)).length,
        about,
      );
      assert.ok((holds?.users ?? 0) <= limit && (breaks?.users ?? Infinity) > limit, about);
      if (limit < strength && limit < 64)
        assert.ok(breaks && breaks.users - (holds?.users ?? 0) <= Math.max(1, 0.05 * limit), about);
      else if (limit < 64) assert.equal(breaks, null, about);
    }
});

test('a level that once passed and then is beyond the generator ends the search', () => {
  const searching = new CapacitySearch({ from: 8, most: 8 });
  searching.tell({ users: 8, ok: true });
  assert.equal(searching.next(), 8);
  searching.tellBeyond(8);
  assert.equal(searching.next(), undefined);
  assert.deepEqual(searching.answer().holds, { users: 8, agreed: 1, tried: 1 });
});
