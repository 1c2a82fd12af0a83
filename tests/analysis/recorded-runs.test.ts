/**
 * Runs that were recorded once, with what was concluded of them then (recorded/README.md): whatever the structure of the
 * analysis is, it concludes them to the same figures, gates and verdicts.
 */
import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Summary } from '../../analysis/summary/summary.ts';
import { comparable, withNamesOfToday } from './comparable-summary.ts';
import { concluded, expectedSummary, recordedRuns } from './recorded-run.ts';

const whole = (name: string) => expectedSummary(name) as Summary;
const isSame = (one: unknown, other: unknown) => assert.deepEqual(comparable(one), comparable(other));
/** Without the text of the difference, which takes a second for a whole summary. */
const isNoticed = (changed: unknown, name: string, what: string) =>
  assert.ok(!isDeepStrictEqual(comparable(changed), comparable(whole(name))), what);

/** Where a number stands. */
function numbersOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value === 'number') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => numbersOf(one, [...path, key]));
}

function withOneMore(summary: Summary, path: readonly string[]): unknown {
  const changed: unknown = structuredClone(summary);
  const parent = path.slice(0, -1).reduce((one, key) => (one as Record<string, unknown>)[key], changed);
  const last = path.at(-1) as string;
  const numbers = parent as Record<string, number>;
  numbers[last] = (numbers[last] as number) + 1;
  return changed;
}

for (const name of recordedRuns())
  test(`the recorded run "${name}" is concluded to the same figures, gates and verdict`, async () => {
    isSame(await concluded(name), expectedSummary(name));
  });

test('the recorded runs cover what is concluded of runs', () => {
  const all = recordedRuns().map(whole);
  assert.deepEqual(new Set(all.map(({ verdict }) => verdict)), new Set(['pass', 'warn', 'fail', 'invalid']));
  assert.deepEqual(
    new Set(all.flatMap(({ gates }) => gates.map(({ verdict }) => verdict))),
    new Set(['pass', 'warn', 'fail']),
  );
  const covered: Record<string, (summary: Summary) => boolean> = {
    'failed steps and requests': ({ counts: { steps, requests } }) => steps.failed > 0 && requests.failed > 0,
    'a run without an end, with a torn line': ({ counts, run }) => counts.torn > 0 && run.ended === undefined,
    'several profiles': ({ run }) => run.profiles.length > 1,
    'browser tests': ({ run }) => run.runner === 'playwright',
    'a level that breaks': ({ levels }) => levels.some(({ ok }) => ok === false),
    'a capacity': ({ findings }) => findings['capacity.residents over HTTP']?.value === 19,
    'a recovery': ({ findings }) => findings['recovery.spike 1']?.value === 2000,
    'a drift': ({ findings }) => (findings['class.crud.p50.drift']?.value ?? 0) < 0,
    'metrics of the target': ({ targetMetrics }) => targetMetrics.some(({ figures }) => figures.length > 0),
    quotas: ({ quotas }) => quotas.length > 0,
    benchmarks: ({ benchmarks }) => benchmarks.length > 0,
    'known defects': ({ knownDefects }) => knownDefects.length > 0,
    leftovers: ({ leftovers }) => leftovers.length > 0,
    'Web Vitals': ({ worstViews }) => worstViews.length > 0,
  };
  for (const [what, isThere] of Object.entries(covered)) assert.ok(all.some(isThere), what);
});

describe('the comparison notices', () => {
  it('every number of a summary', () => {
    const summary = whole('smoke');
    const numbers = numbersOf(summary).filter(([part]) => part !== 'schema');
    assert.ok(numbers.length > 3000, `${numbers.length} numbers`);
    assert.deepEqual(numbersOf(comparable(summary)), numbers);
    // One of each part, changed.
    for (const path of new Map(numbers.map((one) => [one[0], one])).values())
      isNoticed(withOneMore(summary, path), 'smoke', path.join('.'));
  });

  it('a gate that is gone, added, judged otherwise, or moved to another limit', () => {
    const [gate, ...others] = whole('smoke').gates;
    assert.ok(gate);
    for (const gates of [
      others,
      [gate, gate, ...others],
      [{ ...gate, verdict: gate.verdict === 'fail' ? 'pass' : 'fail' }, ...others],
      [{ ...gate, expected: '≤ 17 %' }, ...others],
      [{ ...gate, metric: 'steps.other' }, ...others],
      [{ ...gate, level: gate.level === 'warn' ? 'error' : 'warn' }, ...others],
    ])
      isNoticed({ ...whole('smoke'), gates }, 'smoke', JSON.stringify(gates.slice(0, 2)));
  });

  it('another verdict, exit code, number of reasons, or number in one', () => {
    const { reasons } = whole('smoke');
    const [first = '', ...others] = reasons;
    isNoticed({ ...whole('smoke'), verdict: 'warn' }, 'smoke', 'verdict');
    isNoticed({ ...whole('smoke'), exitCode: 0 }, 'smoke', 'exit code');
    isNoticed({ ...whole('smoke'), reasons: others }, 'smoke', 'reasons');
    isNoticed({ ...whole('smoke'), reasons: [first.replace(/\d/, '8'), ...others] }, 'smoke', 'in a reason');
  });

  it('a time of one sample that changes', async () => {
    const slower = (samples: string) => {
      const lines = samples.split('\n');
      const at = lines.findIndex((line) => line.includes('"kind":"step"') && line.includes('"ok":true'));
      const sample = JSON.parse(lines[at] as string);
      lines[at] = JSON.stringify({ ...sample, value: sample.value + 1 });
      return lines.join('\n');
    };
    isNoticed(await concluded('smoke', slower), 'smoke', 'a step that took 1 ms longer');
    isSame(await concluded('smoke', (samples) => samples), whole('smoke'));
  });

  it('no wording', () => {
    const summary = whole('smoke');
    const reworded = {
      ...summary,
      reasons: summary.reasons.map((reason) => `Said otherwise: ${reason}`),
      gates: summary.gates.map((gate) => ({ ...gate, message: 'said otherwise', where: 'elsewhere' })),
    };
    isSame(reworded, summary);
  });
});

test('a name that is replaced is replaced in values, keys and keys of metrics, and nowhere else', () => {
  const renamed = { 'open people': 'open the people page', 'auth.me': 'auth.who' };
  assert.deepEqual(
    withNamesOfToday(
      { 'step.open people.p95': 1, names: ['open people', 'open people again', 'load: step.open people.n'] },
      renamed,
    ),
    {
      'step.open the people page.p95': 1,
      names: ['open the people page', 'open people again', 'load: step.open the people page.n'],
    },
  );
  assert.deepEqual(withNamesOfToday(['request.auth.me.p50', 'auth.menu'], renamed), [
    'request.auth.who.p50',
    'auth.menu',
  ]);
});
