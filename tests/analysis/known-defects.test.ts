import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

const broken = (changes: object = {}): Sample => ({
  t: START + 4000,
  kind: 'request',
  name: 'swaps.execute',
  class: 'business',
  method: 'POST',
  status: 500,
  value: 40,
  unit: 'ms',
  ok: false,
  error: "object ExecutionResult can't be used in 'await' expression",
  ...changes,
});
const told = (defect: string): Sample => ({
  t: START + 4000,
  kind: 'event',
  name: 'known-defect',
  data: { defect },
});

async function concluded(more: readonly Sample[], until = '2026-11-23') {
  const knownDefects = join(temporaryDirectory(), 'known-defects.yml');
  writeFileSync(
    knownDefects,
    `- { name: swap execution, operation: swaps.execute, status: 500, error: ExecutionResult, reason: r, source: s, until: ${until} }
- { name: swaps error page, reason: r, source: s, until: ${until} }
- { name: late row, step: see the row, error: did not come, reason: r, source: s, until: ${until} }
`,
  );
  const { summary } = await conclude(runDirectory(runJson(), [...healthySamples(), ...more]), {
    knownDefects,
  });
  return summary;
}

test('on its last day a known defect is excused: counted by name, no error, no reason', async () => {
  const summary = await concluded([...Array.from({ length: 5 }, () => broken()), told('swaps error page')]);
  assert.deepEqual([summary.verdict, summary.reasons, summary.errors], ['pass', [], []]);
  assert.deepEqual(
    summary.knownDefects.map(({ name, count, excused }) => [name, count, excused]),
    [
      ['swap execution', 5, true],
      ['swaps error page', 1, true],
    ],
  );
  assert.deepEqual([summary.counts.requests.excused, summary.counts.requests.failed], [5, 0]);
});

test('the day after it fails the run, by name', async () => {
  const summary = await concluded(
    [...Array.from({ length: 5 }, () => broken()), told('swaps error page')],
    '2026-11-22',
  );
  assert.deepEqual([summary.verdict, summary.exitCode], ['fail', 1]);
  assert.equal(summary.counts.requests.failed, 5);
  assert.equal(summary.errors[0]?.name, 'swaps.execute');
  assert.ok(
    summary.reasons.some((reason) =>
      /'swaps error page' seen 1 time, excused only until 2026-11-22/.test(reason),
    ),
  );
});

test('another status, another error or another operation is not excused', async () => {
  for (const change of [{ status: 503 }, { error: 'out of memory' }, { name: 'swaps.validate' }]) {
    const { counts, knownDefects } = await concluded([broken(change)]);
    assert.deepEqual(
      [counts.requests.failed, counts.requests.excused, knownDefects.length],
      [1, 0, 0],
      JSON.stringify(change),
    );
  }
});

test('a failed step can be excused by its error, and still counts as failed', async () => {
  const step: Sample = {
    t: START,
    kind: 'step',
    name: 'see the row',
    value: 1,
    unit: 'ms',
    ok: false,
    error: 'the row did not come',
  };
  const { counts, steps, verdict } = await concluded([step]);
  assert.deepEqual([verdict, counts.steps.failed, counts.steps.excused], ['pass', 1, 1]);
  const row = steps.find(({ name }) => name === 'see the row');
  assert.deepEqual([row?.errors, row?.excused], [0, 1]);
});

test('one occurrence told by its answer and by its journey is counted once', async () => {
  const { knownDefects } = await concluded([
    broken(),
    told('swap execution'),
    broken(),
    told('swap execution'),
  ]);
  assert.deepEqual(
    knownDefects.map(({ count }) => count),
    [2],
  );
});

test('a defect that no list knows fails the run and says what to do', async () => {
  const { verdict, reasons } = await concluded([told('something new')]);
  assert.equal(verdict, 'fail');
  assert.match(
    reasons[0] ?? '',
    /'something new' seen 1 time, but it is not in config\/known-defects\.yml: add it/,
  );
});

test('a defect of one page excuses nothing on another', async () => {
  const knownDefects = join(temporaryDirectory(), 'known-defects.yml');
  writeFileSync(
    knownDefects,
    "- { name: asked too early, operation: auth.me, status: 401, page: /login, reason: r, source: s, until: '2026-12-31' }\n",
  );
  const unknown = (page: string) => broken({ name: 'auth.me', status: 401, page, error: undefined });
  const { summary } = await conclude(
    runDirectory(runJson(), [...healthySamples(), unknown('/login'), unknown('/people')]),
    { knownDefects },
  );
  assert.deepEqual([summary.counts.requests.excused, summary.counts.requests.failed], [1, 1]);
});

test('a defect of targets with rate limits is one only there', async () => {
  const knownDefects = join(temporaryDirectory(), 'known-defects.yml');
  writeFileSync(
    knownDefects,
    '- { name: limited, operation: swaps.execute, status: 500, rateLimits: true, reason: r, source: s, until: 2027-01-01 }',
  );
  const judged = async (rateLimits: boolean) => {
    const run = runJson({ target: { ...runJson().target, rateLimits } });
    return (await conclude(runDirectory(run, [...healthySamples(), broken()]), { knownDefects })).summary;
  };
  assert.equal((await judged(true)).counts.requests.excused, 1);
  const without = await judged(false);
  assert.deepEqual([without.counts.requests.excused, without.counts.requests.failed], [0, 1]);
});

test('what a page throws is known by the same words as what its console says; another error is not', async () => {
  const thrown = (error: string): Sample => ({
    t: START + 4000,
    kind: 'error',
    name: 'page error',
    errorKind: 'page-error',
    error,
  });
  const known = thrown(
    'Minified React error #418; visit https://react.dev/errors/418?args[]=text for the full message',
  );
  const run = runDirectory(runJson(), [...healthySamples(), known, thrown('x is not a function')]);
  const { summary } = await conclude(run); // by the committed list
  assert.deepEqual(
    summary.errors.map(({ message }) => message),
    ['x is not a function'],
  );
  assert.deepEqual(
    summary.knownDefects.map(({ name, count }) => [name, count]),
    [['hydration mismatch', 1]],
  );
});
