/** Rules about answers and pages: each finds what it is for, nothing in its absence, and nothing in too few. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Sample, VitalSample } from '../../measure/run/samples.ts';
import { about, advised, type CallMade, call } from './advised.ts';
import { START } from './synthetic-run.ts';

const answers = (count: number, made: CallMade): Sample[] =>
  Array.from({ length: count }, (_, index) => call('reports.read', 1000 + 2000 * index, made));

describe('uncached-answers', () => {
  const reads = (sessions: number, each: number, before: readonly CallMade[] = [], grows = 0): Sample[] =>
    Array.from({ length: sessions * each }, (_, index) => {
      const session = `b${index % sessions}`;
      const begun = 1000 + 4000 * Math.floor(index / sessions);
      return [
        ...before.map((made) => call('people.update', begun - 500, { session, ...made })),
        call('reports.read', begun, { session, ms: 40, bytes: 7000 + grows * index }),
      ];
    }).flat();

  it('names what browsers read again though their users changed nothing', async () => {
    const [found] = about('reports.read', await advised('uncached-answers', reads(3, 8)));
    assert.match(found?.finding ?? '', /^21 of 24 reads of reports\.read .* half of them within 4 s/);
    assert.deepEqual([found?.gain, found?.n], [840, 21]);
  });
  it('is silent after writes, where the answer grows, and without its size', async () => {
    for (const samples of [reads(3, 8, [{ method: 'PUT' }]), reads(3, 8, [], 1)])
      assert.deepEqual(about('reports.read', await advised('uncached-answers', samples)), []);
    assert.deepEqual(about('reports.read', await advised('uncached-answers', answers(25, {}))), []);
  });
  it('is silent with eighteen reads, and with two users', async () => {
    for (const samples of [reads(3, 7), reads(2, 14)])
      assert.deepEqual(about('reports.read', await advised('uncached-answers', samples)), []);
  });
});

describe('slow-calls', () => {
  it('names an operation that misses the goal of its class each time, with the time beyond it and where it goes', async () => {
    const [found] = about('reports.read', await advised('slow-calls', answers(20, { ms: 1300, ttfb: 1200 })));
    assert.match(
      found?.finding ?? '',
      /^20 of 20 answers of reports\.read took longer than the goal of 300 ms; .* 92 % of their time was until the first byte, so in the server/,
    );
    assert.deepEqual([found?.gain, found?.n, found?.requestIds?.length], [20_000, 20, 3]);
    const [moved] = await advised('slow-calls', answers(20, { ms: 1300, ttfb: 200 }));
    assert.match(moved?.finding ?? '', /more of it was the transfer/);
  });
  it('is silent within the goal, with nineteen answers, and on a class without a goal', async () => {
    for (const samples of [answers(20, { ms: 290 }), answers(19, { ms: 1300 })])
      assert.deepEqual(about('reports.read', await advised('slow-calls', samples)), []);
    const signIns = answers(20, { ms: 1300 }).map((one) => ({ ...one, class: 'auth' }) as Sample);
    assert.deepEqual(about('reports.read', await advised('slow-calls', signIns)), []);
  });
});

describe('large-answers', () => {
  const large = { ms: 80, ttfb: 50, bytes: 150_000 };
  it('names an operation whose answers are large, with the time that reading them took', async () => {
    const [found] = about('reports.read', await advised('large-answers', answers(20, large)));
    assert.match(found?.finding ?? '', /^A quarter of the 20 answers of reports\.read has 150 kB or more\.$/);
    assert.equal(Math.round(found?.gain ?? 0), 600);
    assert.equal(found?.requestIds?.length, 3);
  });
  it('is silent on 90 kB', async () => {
    assert.deepEqual(await advised('large-answers', answers(20, { ...large, bytes: 90_000 })), []);
  });
  it('is silent with nineteen answers', async () => {
    assert.deepEqual(await advised('large-answers', answers(19, large)), []);
  });
});

describe('uncompressed-answers', () => {
  const plain = { ms: 80, ttfb: 50, bytes: 9000, uncompressed: true } as const;
  it('names an operation whose answers come uncompressed', async () => {
    const [found] = about('reports.read', await advised('uncompressed-answers', answers(20, plain)));
    assert.match(
      found?.finding ?? '',
      /^20 of 20 answers of reports\.read came uncompressed \(p50 9 kB\)\.$/,
    );
  });
  it('is silent where nothing says that they do', async () => {
    assert.deepEqual(
      await advised('uncompressed-answers', answers(20, { ...plain, uncompressed: undefined })),
      [],
    );
  });
  it('is silent with nineteen answers', async () => {
    assert.deepEqual(await advised('uncompressed-answers', answers(19, plain)), []);
  });
});

const vitals = (
  name: 'CLS' | 'TBT',
  values: readonly number[],
  attribution: VitalSample['attribution'],
): Sample[] =>
  values.map((value, index) => ({
    ...{
      t: START + 2000 + index,
      kind: 'vital',
      name,
      value,
      unit: name === 'CLS' ? '1' : 'ms',
      nav: 'soft',
    },
    ...{
      session: 'b0',
      page: '/swaps',
      view: `${name}.${index}`,
      rating: 'poor',
      phase: 'steady',
      attribution,
    },
  }));

describe('layout-shifts', () => {
  const element = 'main>table.swaps';
  const shifts = (moved: number, still: number) =>
    vitals('CLS', [...Array(moved).fill(0.3), ...Array(still).fill(0.01)], { element });

  it('names the element that moves, and gives no time back', async () => {
    const [found] = about('/swaps', await advised('layout-shifts', shifts(4, 6)));
    assert.match(
      found?.finding ?? '',
      /^main>table\.swaps moved most in 4 of the 4 views of \/swaps .* of 10 views\)\.$/,
    );
    assert.match(found?.action ?? '', /before table\.swaps,/);
    assert.deepEqual([found?.gain, found?.n, found?.page], [null, 10, '/swaps']);
  });
  it('is silent where two of ten views shift, and where no element is known', async () => {
    assert.deepEqual(about('/swaps', await advised('layout-shifts', shifts(2, 8))), []);
    assert.deepEqual(
      about('/swaps', await advised('layout-shifts', vitals('CLS', Array(10).fill(0.3), {}))),
      [],
    );
  });
  it('is silent with nine views', async () => {
    assert.deepEqual(about('/swaps', await advised('layout-shifts', shifts(9, 0))), []);
  });
});

describe('long-scripts', () => {
  const script = {
    script: '/assets/app.js',
    scriptDuration: 340,
    function: 'draw',
    invoker: 'TimerHandler:setTimeout',
  };
  const blocked = (count: number, ms: number, by: object = script) =>
    vitals('TBT', Array(count).fill(ms), { tasks: 2, frames: 2, worstFrame: 400, blocking: 350, ...by });

  it('names the script, its function and what called it', async () => {
    const [found] = about('/swaps', await advised('long-scripts', blocked(10, 300)));
    assert.match(
      found?.finding ?? '',
      /^\/assets\/app\.js \(function draw, called by TimerHandler:setTimeout\) ran for 340 ms .* blocked for 300 ms/,
    );
    assert.deepEqual([found?.gain, found?.n], [3000, 10]);
  });
  it('is silent where blocking is good, and where no script is known', async () => {
    assert.deepEqual(about('/swaps', await advised('long-scripts', blocked(10, 150))), []);
    const unknown = { script: undefined, scriptDuration: undefined };
    assert.deepEqual(about('/swaps', await advised('long-scripts', blocked(10, 300, unknown))), []);
  });
  it('is silent with nine views', async () => {
    assert.deepEqual(about('/swaps', await advised('long-scripts', blocked(9, 300))), []);
  });
});

describe('rate-limit', () => {
  const refused = { status: 429, ok: false, errorKind: 'http-status' } as const;
  const mixed = (good: number, bad: number, made: CallMade = refused) => [
    ...answers(good, {}),
    ...answers(bad, made),
  ];

  it('names an operation that users were refused', async () => {
    const [found] = about('reports.read', await advised('rate-limit', mixed(19, 6)));
    assert.match(found?.finding ?? '', /^24 % of 25 calls of reports\.read were refused with 429\.$/);
    assert.deepEqual([found?.gain, found?.n], [null, 25]);
  });
  it('is silent where a journey is there to be refused', async () => {
    assert.deepEqual(await advised('rate-limit', mixed(19, 6, { ...refused, ok: true, expected: true })), []);
  });
  it('is silent with four refusals, and with nineteen calls', async () => {
    for (const samples of [mixed(21, 4), mixed(13, 6)])
      assert.deepEqual(await advised('rate-limit', samples), []);
  });
});
