/** A user who waits without an answer and leaves has met a failure: leaving does not make a target well. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const NAME = 'auth.impersonation status';

function takenBack(value: number, index: number): Sample {
  return {
    t: START + 30_000 + index,
    kind: 'request',
    name: NAME,
    class: 'auth',
    via: 'browser',
    method: 'GET',
    status: 0,
    value,
    unit: 'ms',
    ok: false,
    error: 'net::ERR_ABORTED',
    errorKind: 'aborted',
  };
}

function interrupted(ms: number, index: number, operationClass: 'auth' | 'generation' = 'auth'): Sample {
  return {
    t: START + 40_000 + index,
    kind: 'event',
    name: 'request-interrupted',
    session: 'a1',
    via: 'browser',
    data: { operation: NAME, class: operationClass, ms },
  };
}

const concluded = (more: Sample[]) => conclude(runDirectory(runJson(), [...healthySamples(), ...more]));
const times = <T>(n: number, make: (index: number) => T) =>
  Array.from({ length: n }, (_, index) => make(index));

test('requests without an answer for 25 s fail, whether their page was left or their session ended', async () => {
  for (const make of [takenBack, interrupted]) {
    const { summary } = await concluded(times(56, (index) => make(25_000, index)));
    const { failed, cancelled, interrupted: left } = summary.counts.requests;
    assert.deepEqual([failed, cancelled, left], [56, 0, 0]);
    assert.equal(summary.verdict, 'fail');
    assert.ok(
      summary.errors.some(({ message }) => message.includes('not answered after 25 s, when its user left')),
      JSON.stringify(summary.errors),
    );
  }
});

test('a request left after a few seconds is none, nor a generation that may take longer', async () => {
  const { summary } = await concluded([
    takenBack(3000, 1),
    interrupted(3000, 2),
    interrupted(25_000, 3, 'generation'),
  ]);
  const { failed, cancelled, interrupted: left } = summary.counts.requests;
  assert.deepEqual([failed, cancelled, left], [0, 1, 2]);
});
