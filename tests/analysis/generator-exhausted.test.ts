/** A generator without descriptors, ports or memory measured itself: the run is invalid, and the target is not blamed. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import { openFiles } from '../../runner/preflight/machine.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

const ERROR = 'never sent, the generator had no descriptor, port or memory left: EMFILE';

function exhausted(index: number): RequestSample {
  return {
    t: START + 12_000 + index,
    kind: 'request',
    via: index % 2 === 0 ? 'http' : 'browser',
    session: 's1',
    name: 'swaps.execute',
    class: 'crud',
    method: 'POST',
    status: 0,
    value: 0.1,
    unit: 'ms',
    ok: false,
    error: ERROR,
    errorKind: 'generator-exhausted',
  };
}

test('requests that never left make the run invalid with the fix, and change no figure or error of the target', async () => {
  const without = await conclude(runDirectory(runJson(), healthySamples()));
  const many = Array.from({ length: 40 }, (_, index) => exhausted(index));
  const step: Sample = {
    t: START + 12_500,
    kind: 'step',
    via: 'browser',
    session: 's1',
    name: 'open the schedule',
    value: 20,
    unit: 'ms',
    ok: false,
    error: 'page.goto: net::ERR_INSUFFICIENT_RESOURCES',
    errorKind: 'generator-exhausted',
  } as Sample;
  const { verdict, summary } = await conclude(runDirectory(runJson(), [...healthySamples(), ...many, step]));
  assert.equal(verdict, 'invalid');
  assert.equal(
    summary.reasons[0],
    `the generator had no file descriptors, ports or memory left: 40 requests and 1 step or check failed for that (${ERROR}) and are in no figure of the target; raise \`ulimit -n\` to 65536, keep CONNECTIONS=shared, or start fewer users`,
  );
  assert.deepEqual(summary.generator.exhausted, { requests: 40, others: 1, first: ERROR });
  assert.deepEqual({ ...summary.counts, samples: 0 }, { ...without.summary.counts, samples: 0 });
  assert.deepEqual(summary.metrics, without.summary.metrics);
  assert.deepEqual(summary.errors, without.summary.errors);
  assert.deepEqual(summary.gates, without.summary.gates);
});

test('one such request is enough', async () => {
  const { verdict } = await conclude(runDirectory(runJson(), [...healthySamples(), exhausted(0)]));
  assert.equal(verdict, 'invalid');
});

test('doctor reports a low limit of open files', () => {
  const limited = (limit: string) => {
    const proc = temporaryDirectory();
    mkdirSync(join(proc, 'self'));
    writeFileSync(
      join(proc, 'self/limits'),
      `Limit                     Soft Limit           Hard Limit           Units\nMax open files            ${limit}                 1048576              files\n`,
    );
    return openFiles(proc);
  };
  assert.deepEqual(limited('1024'), {
    what: 'open files',
    state: 'warn',
    seen: 'at most 1024 in a process',
    mend: 'raise `ulimit -n` to 65536, or start few users',
  });
  assert.equal(limited('65536').state, 'ok');
  assert.equal(limited('unlimited').state, 'ok');
  assert.equal(openFiles(temporaryDirectory()).state, 'ok');
});
