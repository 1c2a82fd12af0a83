import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Recorder } from '../../measure/run/recorder.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { runSession, type SessionParts, type SessionPlan } from '../../measure/session/session.ts';
import { Interruption, StepFailure } from '../../measure/steps/failure.ts';
import { emptyFolder, samplesIn } from './run-folder.ts';

interface Done {
  name: string;
  weight: number;
}

const JOURNEYS: Done[] = [
  { name: 'read', weight: 3 },
  { name: 'write', weight: 1 },
  { name: 'never', weight: 0 },
];

const PLAN: SessionPlan = {
  id: 's1',
  name: 'residents',
  role: 'resident',
  via: 'http',
  phase: 'steady',
  journeys: 3,
  seed: 7,
};

/** Runs a session whose parts only note that they were called. */
async function run(t: TestContext, plan: Partial<SessionPlan> = {}, parts: Partial<SessionParts<Done>> = {}) {
  const folder = emptyFolder(t);
  const recorder = new Recorder(folder);
  const calls: string[] = [];
  const note = (name: string) => async () => void calls.push(name);
  const outcome = await runSession<Done>(
    { ...PLAN, ...plan },
    {
      recorder,
      journeys: JOURNEYS,
      signIn: note('sign in'),
      signOut: note('sign out'),
      think: note('think'),
      runJourney: async (journey) => {
        calls.push(journey.name);
        return undefined;
      },
      finish: note('finish'),
      ...parts,
    },
  );
  recorder.close();
  const samples = samplesIn(folder);
  return {
    outcome,
    calls,
    samples,
    drawn: calls.filter((name) => JOURNEYS.some((one) => one.name === name)),
  };
}

function of<K extends Sample['kind']>(samples: Sample[], kind: K) {
  return samples.filter((sample): sample is Extract<Sample, { kind: K }> => sample.kind === kind);
}

test('signs in once, thinks between journeys, signs out once, finishes', async (t) => {
  const { calls, outcome, samples } = await run(t, {}, { inOrder: true });
  const order = ['sign in', 'read', 'think', 'write', 'think', 'never', 'sign out', 'finish'];
  assert.deepEqual(calls, order);
  assert.deepEqual(outcome, { ok: true, error: undefined, failures: [] });
  const [started] = of(samples, 'event');
  assert.equal(started?.name, 'session-started');
  assert.equal(of(samples, 'journey').length, 3);
  const [session, ...others] = of(samples, 'session');
  assert.equal(others.length, 0);
  assert.deepEqual(
    { ok: session?.ok, name: session?.name, interrupted: session?.interrupted },
    { ok: true, name: 'residents', interrupted: undefined },
  );
  for (const sample of samples) {
    assert.deepEqual(
      [sample.session, sample.role, sample.phase, sample.via],
      ['s1', 'resident', 'steady', 'http'],
    );
  }
});

test('draws by weight, and the same seed and session draw the same', async (t) => {
  const counts = new Map<string, number>();
  const { drawn } = await run(t, { journeys: 2000 });
  for (const name of drawn) counts.set(name, (counts.get(name) ?? 0) + 1);
  // 3 : 1 of 2000; four standard deviations are 77.
  assert.ok(Math.abs((counts.get('read') ?? 0) - 1500) < 78, `${counts.get('read')} of 2000`);
  assert.equal(counts.get('never'), undefined);
  assert.equal(drawn.length, 2000);

  const first = await run(t, { journeys: 40 });
  assert.deepEqual((await run(t, { journeys: 40 })).drawn, first.drawn);
  assert.notDeepEqual((await run(t, { journeys: 40, seed: 8 })).drawn, first.drawn);
  assert.notDeepEqual((await run(t, { journeys: 40, id: 's2' })).drawn, first.drawn);
});

test('a session without a journey to draw is a mistake that is said', async (t) => {
  await assert.rejects(run(t, {}, { journeys: [{ name: 'never', weight: 0 }] }), /no journey .* resident/);
});

const NOTHING_TO_DO = { code: 'nothing-to-do', text: 'nothing to do' };

test('a failed journey is written with its step, and the user goes on', async (t) => {
  const tried: string[] = [];
  const { outcome, samples, calls } = await run(
    t,
    {},
    {
      inOrder: true,
      runJourney: async ({ name }) => {
        tried.push(name);
        if (name === 'write')
          throw new StepFailure('submit the absence', new Error('POST /absences answered 500'));
        return name === 'never' ? NOTHING_TO_DO : undefined;
      },
    },
  );
  assert.deepEqual(tried, ['read', 'write', 'never']);
  assert.deepEqual(
    of(samples, 'journey').map(({ name, ok, failedStep, cutShort }) => ({ name, ok, failedStep, cutShort })),
    [
      { name: 'read', ok: true, failedStep: undefined, cutShort: undefined },
      { name: 'write', ok: false, failedStep: 'submit the absence', cutShort: undefined },
      { name: 'never', ok: true, failedStep: undefined, cutShort: NOTHING_TO_DO },
    ],
  );
  assert.deepEqual(calls.slice(-2), ['sign out', 'finish']);
  const [session] = of(samples, 'session');
  assert.equal(session?.ok, false);
  assert.equal(session?.error, 'submit the absence: POST /absences answered 500');
  assert.equal(outcome.ok, false);
  assert.equal(outcome.error, session?.error);
});

test('a failed sign-in ends the session: no journey, no sign-out, but what is left is collected', async (t) => {
  const { outcome, samples, calls } = await run(
    t,
    {},
    {
      signIn: async () => {
        throw new Error('wrong password\nand more');
      },
    },
  );
  assert.deepEqual(calls, ['finish']);
  assert.equal(of(samples, 'journey').length, 0);
  const [session] = of(samples, 'session');
  assert.deepEqual([session?.ok, session?.interrupted, session?.error], [false, undefined, 'wrong password']);
  assert.equal(outcome.error, 'wrong password');
});

test('a failed sign-out fails the session after journeys that went well', async (t) => {
  const { outcome, samples } = await run(t, {}, { signOut: () => Promise.reject('no answer') });
  assert.ok(of(samples, 'journey').every(({ ok }) => ok));
  assert.deepEqual([outcome.ok, of(samples, 'session')[0]?.error], [false, 'no answer']);
});

test('interrupted in a journey: that journey and the session are interrupted, nothing more is begun', async (t) => {
  const { outcome, samples, calls } = await run(
    t,
    {},
    {
      inOrder: true,
      runJourney: async ({ name }) => {
        if (name === 'write') throw new Interruption();
        return undefined;
      },
    },
  );
  assert.deepEqual(
    of(samples, 'journey').map(({ name, ok, interrupted }) => [name, ok, interrupted]),
    [
      ['read', true, undefined],
      ['write', false, true],
    ],
  );
  assert.deepEqual(calls, ['sign in', 'think', 'finish']);
  const [session] = of(samples, 'session');
  assert.deepEqual([session?.ok, session?.interrupted], [false, true]);
  assert.equal(outcome.ok, false);
});

test('interrupted while thinking: the journey that would have followed was not begun', async (t) => {
  let thoughts = 0;
  const { samples, drawn, calls } = await run(
    t,
    {},
    {
      think: async () => {
        thoughts += 1;
        if (thoughts === 2) throw new Interruption();
      },
    },
  );
  assert.equal(drawn.length, 2);
  assert.deepEqual(
    of(samples, 'journey').map(({ ok }) => ok),
    [true, true],
  );
  assert.equal(of(samples, 'session')[0]?.interrupted, true);
  assert.deepEqual(calls.slice(-1), ['finish']);
});

test('interrupted in sign-in: the session is interrupted, not failed', async (t) => {
  const cause = new Interruption();
  const { samples } = await run(t, {}, { signIn: () => Promise.reject(new StepFailure('sign in', cause)) });
  assert.equal(of(samples, 'session')[0]?.interrupted, true);
});

test('begins no journey after its phase has ended, but always a first one, and finishes what it began', async (t) => {
  const late = await run(t, { until: Date.now() - 1 });
  assert.equal(late.drawn.length, 1);
  assert.equal(late.outcome.ok, true);
  assert.ok(late.calls.includes('sign out'));
  const early = await run(t, { until: Date.now() + 60_000 });
  assert.equal(early.drawn.length, 3);
});

test('writes planned arrival, real start and duration', async (t) => {
  const due = Date.now() - 500;
  const { samples } = await run(
    t,
    { due, warmup: true },
    { signIn: () => new Promise((go) => setTimeout(go, 60)) },
  );
  const [session] = of(samples, 'session');
  assert.equal(session?.due, due);
  assert.ok((session?.started ?? 0) >= due + 500);
  assert.ok((session?.value ?? 0) >= 59);
  // Its length is the monotonic clock's, its moments are the wall clock's: the two round apart.
  const end = (session?.started ?? 0) + (session?.value ?? 0);
  assert.ok(Math.abs(end - (session?.t ?? 0)) <= 5, `${end}, ${session?.t}`);
  assert.ok(samples.every(({ warmup }) => warmup === true));
});
