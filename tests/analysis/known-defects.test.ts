import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { percent } from '../../analysis/format.ts';
import { report } from '../../analysis/report/report.ts';
import { markdown } from '../../analysis/text/markdown.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import { type KnownDefect, loadKnownDefects } from '../../config/known-defects.ts';
import { parseMetric } from '../../config/threshold-metric.ts';
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

test('a journey that failed by known defects alone has them; one that failed by something else too has none', async () => {
  const pass = { session: 'b1', journey: 'swap a week' };
  const journey = { t: START + 5000, kind: 'journey', name: 'swap a week', value: 1, unit: 'ms', ok: false };
  const failed = { ...journey, ...pass } as Sample;
  const defectsOf = async (...more: Sample[]) =>
    (await concluded(more)).doesNotWork.find(({ kind }) => kind === 'journey')?.defects;
  assert.deepEqual(await defectsOf(broken(pass), failed), ['swap execution']);
  const other = broken({ ...pass, name: 'blocks.list', error: 'down' });
  assert.deepEqual(await defectsOf(broken(pass), other, failed), []);
  assert.deepEqual(await defectsOf(broken(pass), failed, failed), [], 'nothing says why the second failed');
});

test('a defect that only the warm-up met is said to be so', async () => {
  const early = (defect: string): Sample => ({ ...told(defect), warmup: true });
  const summary = await concluded([
    ...[broken({ warmup: true }), early('swaps error page'), told('swaps error page')],
  ]);
  assert.deepEqual(
    summary.knownDefects.map(({ name, warmupOnly }) => [name, warmupOnly]),
    [
      ['swap execution', true],
      ['swaps error page', undefined],
    ],
  );
  assert.match(
    report(summary),
    /seen: swaps error page; in the warm-up only: swap execution\. Known defects are excused: limits/,
  );
});

test('one occurrence reported by its answer and by its journey is counted once', async () => {
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

test('the WebSocket that the application never lets in is excused by its address and answer; another is an error', async () => {
  const shown = (error: string, page = '/schedule'): Sample => ({
    t: START + 4000,
    kind: 'error',
    name: 'console error',
    errorKind: 'console-error',
    page,
    error,
  });
  const failed = (url: string, why: string) => `WebSocket connection to '${url}' failed: ${why}`;
  const REFUSED = 'Error during WebSocket handshake: Unexpected response code: 403';
  const known = [
    failed('ws://127.0.0.1:8000/api/v1/ws', REFUSED),
    failed('wss://s.example.org/api/v1/api/v1/ws', REFUSED),
    failed('ws://127.0.0.1:8000/api/v1/ws', 'WebSocket is closed before the connection is established.'),
  ];
  const others = [
    failed('ws://127.0.0.1:8000/api/v1/ws', 'Error in connection establishment: net::ERR_CONNECTION_REFUSED'),
    failed('ws://127.0.0.1:8000/api/v1/ws', REFUSED.replace('403', '500')),
    failed('ws://127.0.0.1:8000/api/v1/chat', REFUSED),
    failed('wss://elsewhere.example.org/ws', REFUSED),
  ];
  const dates = ['/swaps', '/people'].map((page) => shown('RangeError: Invalid time value', page));
  const run = runDirectory(runJson(), [
    ...healthySamples(),
    ...[...known, ...others].map((error) => shown(error)),
    ...dates,
  ]);
  const { summary } = await conclude(run); // by the committed list
  assert.deepEqual(
    summary.knownDefects.map(({ name, count }) => [name, count]),
    [
      ['swaps page error after a request', 1],
      ['schedule WebSocket refused', 3],
    ],
  );
  assert.deepEqual(
    summary.errors.map(({ message }) => message).sort(),
    [...others, 'RangeError: Invalid time value'].sort(),
  );
});

const LISTED = loadKnownDefects();
/** One answer with the status of a listed defect that says this. */
const answered = (defect: KnownDefect, error: string | undefined): Sample =>
  broken({
    name: defect.operation,
    status: defect.status,
    page: defect.page,
    error: error && `${defect.status} ${error}`,
  });
/** By the committed list, on a target that has every one of its defects. */
async function byList(...more: Sample[]) {
  const run = runJson({ target: { ...runJson().target, rateLimits: true } });
  return (await conclude(runDirectory(run, [...healthySamples(), ...more]))).summary;
}
const times = (n: number, sample: Sample) => Array.from({ length: n }, () => sample);
const effect = (found: boolean): Sample => ({
  t: START + 4100,
  kind: 'event',
  name: 'defect-effect',
  data: { defect: 'swap execution returns 500', found },
});
const [execution] = LISTED.filter(({ operation }) => operation === 'swaps.execute') as [KnownDefect];
const HIDDEN = 'An internal error occurred. Please try again later.';

for (const defect of LISTED.filter(({ operation, error }) => operation && error))
  test(`${defect.name}: an answer that says something else is another failure`, async () => {
    const { counts, knownDefects, errors } = await byList(answered(defect, 'could not connect to server'));
    assert.deepEqual([counts.requests.excused, counts.requests.failed, knownDefects], [0, 1, []]);
    assert.equal(errors[0]?.name, defect.operation);
    const own = await byList(...[defect.error ?? []].flat().map((error) => answered(defect, `x ${error} y`)));
    assert.deepEqual([own.counts.requests.failed, own.knownDefects[0]?.unverified], [0, undefined]);
  });

test('an operation that always answers 500 for another reason is down, whatever defect is known of it', async () => {
  const down = answered(execution, 'could not connect to server');
  const { counts, shares, verdict, doesNotWork } = await byList(...times(10, down));
  assert.deepEqual([counts.availability.down, counts.availability.excused], [10, 0]);
  assert.ok((shares.availability?.value ?? 1) < 1);
  assert.equal(verdict, 'fail');
  assert.deepEqual(doesNotWork, [{ kind: 'request', name: 'swaps.execute', n: 10, defects: [] }]);
});

test('an answer without words is excused, and not verified unless its effect was found', async () => {
  for (const error of [HIDDEN, undefined]) {
    const seen = async (...effects: Sample[]) => {
      const summary = await byList(...times(4, answered(execution, error)), ...effects);
      const [{ count, unverified, withoutEffect } = {}] = summary.knownDefects;
      return [summary.counts.requests.excused, count, unverified, withoutEffect, summary.verdict];
    };
    assert.deepEqual(await seen(), [4, 4, 4, undefined, 'pass']);
    assert.deepEqual(await seen(...times(3, effect(true))), [4, 4, 1, undefined, 'pass']);
    assert.deepEqual(await seen(...times(4, effect(true))), [4, 4, undefined, undefined, 'pass']);
    assert.deepEqual(await seen(...times(3, effect(true)), effect(false)), [4, 4, 1, 1, 'fail']);
  }
});

test('an effect that was looked for in vain says nothing where the answer shows the defect', async () => {
  const shown = answered(execution, "object ExecutionResult can't be used in 'await' expression");
  const { verdict, knownDefects } = await byList(shown, effect(false));
  assert.deepEqual([verdict, knownDefects[0]?.unverified], ['pass', undefined]);
});

test('a status without words of the answer counts as not verified in terminal, Markdown and report', async () => {
  const summary = await byList(...times(4, answered(execution, HIDDEN)), ...times(3, effect(true)), {
    ...answered(execution, "can't be used in 'await' expression"),
  });
  assert.match(verdictLine(summary), /swap execution returns 500, seen 5 times, 1 of them not verified/);
  assert.match(markdown(summary), /\| swap execution returns 500 \| 5 \| 1 \|/);
  assert.match(report(summary), /not verified/);
});

test('availability is shown as users met it and without known defects, and each can have a limit', async () => {
  const { availability } = (await byList()).counts;
  const defects = times(5, answered(execution, "can't be used in 'await' expression"));
  const refused = broken({ name: 'swaps.recent', status: 404, error: '404 Not Found' });
  const summary = await byList(
    ...defects,
    refused,
    broken({ name: 'people.list', status: 503, error: '503' }),
  );
  const n = availability.n + 7;
  assert.deepEqual(summary.counts.availability, { n, down: 1, excused: 5 });
  assert.equal(summary.shares.availability?.value, 1 - 1 / n);
  assert.equal(summary.shares['availability.withDefects']?.value, 1 - 6 / n);
  assert.deepEqual(parseMetric('availability.withDefects'), {
    kind: 'share',
    share: 'availability.withDefects',
  });
  const text = `${percent(1 - 6 / n)} as users met it, ${percent(1 - 1 / n)} without known defects`;
  for (const output of [verdictLine(summary), markdown(summary), report(summary)])
    assert.ok(output.includes(text), text);
});

test('what failed each time is listed by itself, known defect or not; what worked once, or was limited, is not', async () => {
  const journey = (ok: boolean, interrupted?: true): Sample => ({
    interrupted,
    t: START,
    kind: 'journey',
    name: 'swap a week',
    value: 1,
    unit: 'ms',
    ok,
  });
  const summary = await byList(
    ...times(7, answered(execution, "can't be used in 'await' expression")),
    ...times(3, broken({ name: 'blocks.list', status: 503 })),
    broken({ name: 'blocks.list', status: 200, ok: true, error: undefined }),
    ...times(2, broken({ name: 'half-days.list', status: 429 })),
    ...times(3, journey(false)),
    journey(false, true),
  );
  assert.deepEqual(summary.doesNotWork, [
    { kind: 'request', name: 'swaps.execute', n: 7, defects: ['swap execution returns 500'] },
    { kind: 'journey', name: 'swap a week', n: 3, defects: [] },
  ]);
  assert.match(verdictLine(summary), /does not work: request swaps\.execute, 7 of 7 \(known defect: swap/);
  assert.match(
    markdown(summary),
    /### Does not work[\s\S]*request swaps\.execute \| 7 of 7 \| swap execution/,
  );
  assert.match(report(summary), /Does not work[\s\S]*7 of 7/);
});

test('a defect that comes less often than listed is reported, with the share and its interval', async () => {
  const [rollback] = LISTED.filter(({ operation }) => operation === 'swaps.rollback') as [KnownDefect];
  const bad = answered(rollback, "can't be used in 'await' expression");
  const good = broken({ name: 'swaps.rollback', status: 200, ok: true, error: undefined });
  const always = await byList(...times(9, bad));
  assert.deepEqual([always.verdict, always.reasons], ['pass', []]);
  const seldom = await byList(...times(9, bad), ...times(3, good));
  assert.deepEqual(
    seldom.reasonDetails.map(({ verdict, code }) => [verdict, code]),
    [['warn', 'known-defect-share-changed']],
  );
  assert.match(seldom.reasons[0] ?? '', /'swap rollback returns 500': 75 % of 12 answers .*100 % are listed/);
  const never = await byList(...times(3, good));
  assert.deepEqual(
    never.knownDefects.map(({ name, count, changed }) => [name, count, changed?.value]),
    [['swap rollback returns 500', 0, 0]],
  );
});
