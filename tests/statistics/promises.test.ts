import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isKept, type Promised, promiseTable } from './proof.ts';

const of = (hits: number, n: number, limit: Pick<Promised, 'atMost' | 'atLeast'>): Promised => ({
  what: 'a promise',
  hits,
  n,
  ...limit,
});

test('a promise is kept by what was found and by the end of its interval, in the long form', () => {
  const kept = (promise: Promised) => isKept(promise, false);
  assert.ok(kept(of(450, 10_000, { atMost: 0.05 })));
  assert.ok(!kept(of(510, 10_000, { atMost: 0.05 })), 'more than promised');
  assert.ok(!kept(of(4, 100, { atMost: 0.05 })), 'too few to prove it: the interval reaches 9.9 %');
  assert.ok(kept(of(9_700, 10_000, { atLeast: 0.95 })));
  assert.ok(!kept(of(9_400, 10_000, { atLeast: 0.95 })), 'less than promised');
  assert.ok(
    !kept(of(96, 100, { atLeast: 0.95 })),
    'too few to prove it: the interval reaches down to 90.1 %',
  );
});

test('in the short form a promise is broken only where the whole interval is beyond it', () => {
  const kept = (promise: Promised) => isKept(promise, true);
  assert.ok(kept(of(9, 100, { atMost: 0.05 })), 'the interval is 4.2 to 16.4 %');
  assert.ok(!kept(of(15, 100, { atMost: 0.05 })));
  assert.ok(kept(of(90, 100, { atLeast: 0.95 })), 'the interval is 82.4 to 95.1 %');
  assert.ok(!kept(of(80, 100, { atLeast: 0.95 })));
});

test('a table says which promise was not kept', () => {
  const table = promiseTable([of(15, 100, { atMost: 0.05 }), of(99, 100, { atLeast: 0.95 })], true);
  assert.match(table, /≤ 5 % +\| 15\.0 % \| +8\.6–23\.5 % \| 100 \| \*\*not kept\*\*/);
  assert.match(table, /≥ 95 % \| 99\.0 % \| +94\.6–100\.0 % \| 100 \| ok/);
});
