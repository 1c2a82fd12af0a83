/** Rules about steps and the calls that they send: each finds what it is for, nothing in its absence, and nothing in too few. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { partsOf } from '../../analysis/summary/time-parts.ts';
import { about, advised, type CallMade, call, pass, passes } from './advised.ts';

const STEP = 'open the reports';

describe('costly-step', () => {
  const slow = (count: number, ms = 1500) =>
    passes(count, (begun, index) => pass(STEP, begun, index % 4 === 0 ? ms / 2 : ms));

  it('names the step with most time, its p75 × frequency, and what its slower passes cost', async () => {
    const [found] = about(STEP, await advised('costly-step', slow(24)));
    assert.deepEqual([found?.n, found?.page], [24, '/reports']);
    assert.deepEqual(found?.figures.slice(0, 2), [
      { name: 'p75', value: 1500, unit: 'ms' },
      { name: 'p75 × passes', value: 36_000, unit: 'ms' },
    ]);
    // A quarter takes 750 ms: p25 lies a quarter of the way from there to 1500.
    assert.equal(found?.gain, 18 * (1500 - 1312.5));
    assert.match(found?.finding ?? '', /24 times, three of four within 1.500 ms\.$/);
  });
  it('is silent on a step that costs next to nothing', async () => {
    assert.deepEqual(about(STEP, await advised('costly-step', slow(24, 20))), []);
  });
  it('is silent with nineteen passes', async () => {
    assert.deepEqual(about(STEP, await advised('costly-step', slow(19))), []);
  });
});

describe('time-shares', () => {
  const steps = (count: number, made: CallMade, ms = 1000) =>
    passes(count, (begun) => pass(STEP, begun, ms, [['reports.read', made]]));
  const part = async (samples: ReturnType<typeof steps>) =>
    about(STEP, await advised('time-shares', samples)).map(({ finding, n }) => [
      /in the (\w+)\.$/.exec(finding)?.[1],
      n,
    ]);

  it('names the server, the network or the browser, whichever has most of the time', async () => {
    assert.deepEqual(await part(steps(20, { ms: 800, ttfb: 780 })), [['server', 20]]);
    assert.deepEqual(await part(steps(20, { ms: 800, ttfb: 100 })), [['network', 20]]);
    assert.deepEqual(await part(steps(20, { ms: 300, ttfb: 100 })), [['browser', 20]]);
  });
  it('is silent where none has most of it, and on a step that is immediate', async () => {
    assert.deepEqual(await part(steps(20, { ms: 600, ttfb: 400 })), []);
    assert.deepEqual(await part(steps(20, { ms: 80, ttfb: 78 }, 90)), []);
  });
  it('is silent with nineteen passes', async () => {
    assert.deepEqual(await part(steps(19, { ms: 800, ttfb: 780 })), []);
  });
  it('counts calls side by side once, and what reaches beyond the step not at all', () => {
    const one = (at: number, ms: number, ttfb?: number) => {
      const { name, t, value, method, status, session = '' } = call('x', 0, { at, ms });
      return { operation: name, method, status, session, served: true, sent: t - value, ended: t, ttfb };
    };
    const begun = one(0, 0).sent;
    const calls = [one(0, 100, 60), one(20, 100, 60), one(900, 400, 50), one(200, 50)];
    assert.deepEqual(partsOf({ step: 's', session: 'b0', begun, ended: begun + 1000, calls }), {
      // 0–80, 900–950, and the one without a first byte.
      server: 80 + 50 + 50,
      network: 40 + 50,
      browser: 1000 - 120 - 50 - 100,
    });
  });
});

describe('serial-calls', () => {
  const steps = (count: number, first: CallMade, second: CallMade) =>
    passes(count, (begun) =>
      pass(STEP, begun, 900, [
        ['reports.list', first],
        ['people.list', second],
      ]),
    );
  const one = { at: 0, ms: 100 };

  it('names two calls of which the second always waits for the first, with what the quicker one takes', async () => {
    const [found] = about(STEP, await advised('serial-calls', steps(10, one, { at: 110, ms: 60 })));
    assert.match(
      found?.finding ?? '',
      /sends people\.list only after the answer to reports\.list, in 10 of the 10/,
    );
    assert.deepEqual([found?.gain, found?.n, found?.requestIds?.length], [600, 10, 3]);
  });
  it('counts passes, however often one has the two', async () => {
    const twice = (count: number) =>
      passes(14, (begun, index) =>
        pass(STEP, begun, 900, [
          ['reports.list', one],
          ['people.list', { at: index < count ? 110 : 50, ms: 60 }],
          ['reports.list', { at: 300, ms: 100 }],
          ['people.list', { at: index < count ? 410 : 350, ms: 60 }],
        ]),
      );
    const [found] = about(STEP, await advised('serial-calls', twice(14)));
    assert.match(found?.finding ?? '', /after the answer to reports\.list, in 14 of the 14/);
    assert.deepEqual(about(STEP, await advised('serial-calls', twice(10))), []);
  });
  it('is silent where they overlap, a user pauses between them, or one is a write', async () => {
    for (const [first, second] of [
      [one, { at: 90, ms: 60 }],
      [one, { at: 300, ms: 60 }],
      [
        { ...one, method: 'POST' },
        { at: 110, ms: 60 },
      ],
    ] as const)
      assert.deepEqual(about(STEP, await advised('serial-calls', steps(10, first, second))), []);
  });
  it('is silent where they overlap at times: then none waits for the other', async () => {
    const mixed = passes(14, (begun, index) =>
      pass(STEP, begun, 900, [
        ['reports.list', one],
        ['people.list', { at: index < 10 ? 110 : 50, ms: 60 }],
      ]),
    );
    assert.deepEqual(about(STEP, await advised('serial-calls', mixed)), []);
  });
  it('is silent with nine passes', async () => {
    assert.deepEqual(about(STEP, await advised('serial-calls', steps(9, one, { at: 110, ms: 60 }))), []);
  });
});

describe('repeated-calls', () => {
  const steps = (count: number, second: CallMade, between: ReadonlyArray<readonly [string, CallMade]> = []) =>
    passes(count, (begun) =>
      pass(STEP, begun, 900, [
        ['people.list', { bytes: 5000 }],
        ...between,
        ['people.list', { at: 200, ms: 30, bytes: 5000, ...second }],
      ]),
    );

  it('names what is read twice with an answer of the same size', async () => {
    const [found] = about(STEP, await advised('repeated-calls', steps(10, {})));
    assert.match(found?.finding ?? '', /reads people\.list more than once, .* in 10 of the 10 passes/);
    assert.deepEqual([found?.gain, found?.n], [300, 10]);
  });
  it('is silent where the answer has another size, none that is known, or a write lies between', async () => {
    const write = ['people.update', { at: 100, ms: 20, method: 'PUT' }] as const;
    for (const samples of [
      steps(10, { bytes: 5001 }),
      steps(10, { bytes: undefined }),
      steps(10, {}, [write]),
    ])
      assert.deepEqual(about(STEP, await advised('repeated-calls', samples)), []);
  });
  it('is silent with nine passes', async () => {
    assert.deepEqual(about(STEP, await advised('repeated-calls', steps(9, {}))), []);
  });
});

describe('many-calls', () => {
  const steps = (count: number, calls: number) =>
    passes(count, (begun) =>
      pass(
        STEP,
        begun,
        900,
        Array.from({ length: calls }, (_, at) => ['people.read', { at: 30 * at, ms: 20 }] as const),
      ),
    );

  it('names a call for each row, and how often', async () => {
    const [found] = about(STEP, await advised('many-calls', steps(10, 7)));
    assert.match(
      found?.finding ?? '',
      /calls people\.read 7 times a pass \(median; up to 7\), in 10 of the 10/,
    );
    // From the first sending to the last answer 200 ms, of which one call would take 20.
    assert.deepEqual([found?.gain, found?.n], [1800, 10]);
  });
  it('is silent on four calls a pass', async () => {
    assert.deepEqual(about(STEP, await advised('many-calls', steps(10, 4))), []);
  });
  it('is silent with nine passes', async () => {
    assert.deepEqual(about(STEP, await advised('many-calls', steps(9, 7))), []);
  });
});
