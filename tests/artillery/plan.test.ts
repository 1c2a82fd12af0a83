import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkJourneys, planJourneys } from '../../artillery/profile/check-script.ts';
import type { Phase } from '../../artillery/profile/phase.ts';
import { arrivalOrder, planOf } from '../../artillery/profile/plan-of.ts';
import type { Scenario, Script } from '../../artillery/profile/script.ts';
import { CHANGES, type MayChange } from '../../config/changes.ts';
import { ConfigError } from '../../config/errors.ts';

const faculty: Scenario = { name: 'faculty over HTTP', engine: 'api', weight: 1, flowFunction: 'faculty' };
const residents: Scenario = {
  name: 'residents over HTTP',
  engine: 'api',
  weight: 3,
  flowFunction: 'resident',
};
const admins: Scenario = {
  name: 'admins in the browser',
  engine: 'playwright',
  weight: 6,
  flowFunction: 'admin',
};

function script(phases: Phase[], scenarios = [faculty, residents], users: number | undefined = 10): Script {
  return { config: { plugins: { suite: { profile: 'trial', users } }, phases }, scenarios };
}

const TWO_PHASES: Phase[] = [
  { name: 'warm-up', duration: 30, arrivalCount: 10, warmup: true },
  { name: 'steady', duration: '4m30s', arrivalCount: 180 },
];

describe('a plan as the profile says', () => {
  it('promises arrivals of each scenario in each phase', () => {
    const plan = planOf(script(TWO_PHASES), {});
    assert.equal(plan.profile, 'trial');
    assert.equal(plan.duration, 300);
    assert.equal(plan.users, 10);
    assert.deepEqual(
      plan.phases.map(({ name, duration, warmup, arrivals }) => ({ name, duration, warmup, arrivals })),
      [
        {
          name: 'warm-up',
          duration: 30,
          warmup: true,
          arrivals: { 'faculty over HTTP': 3, 'residents over HTTP': 7 },
        },
        {
          name: 'steady',
          duration: 270,
          warmup: undefined,
          arrivals: { 'faculty over HTTP': 45, 'residents over HTTP': 135 },
        },
      ],
    );
    assert.deepEqual(
      plan.scaled.map(({ duration, arrivalCount }) => [duration, arrivalCount]),
      [
        [30, 10],
        [270, 180],
      ],
    );
  });

  it('tells role, way and share of each scenario', () => {
    const plan = planOf(
      script([{ name: 'p', duration: 10, arrivalCount: 20 }], [faculty, residents, admins]),
      {},
    );
    assert.deepEqual(plan.mix, [
      { name: 'faculty over HTTP', via: 'http', role: 'faculty', share: 2 / 20 },
      { name: 'residents over HTTP', via: 'http', role: 'resident', share: 6 / 20 },
      { name: 'admins in the browser', via: 'browser', role: 'admin', share: 12 / 20 },
    ]);
  });

  it('takes a rate as a count, and a pause as a time without arrivals', () => {
    const plan = planOf(
      script([
        { name: 'rate', duration: 20, arrivalRate: 2 },
        { name: 'rest', pause: 5 },
      ]),
      {},
    );
    assert.deepEqual(plan.phases[0]?.arrivals, { 'faculty over HTTP': 10, 'residents over HTTP': 30 });
    assert.deepEqual(plan.phases[1]?.arrivals, { 'faculty over HTTP': 0, 'residents over HTTP': 0 });
    assert.deepEqual(plan.scaled[1], { name: 'rest', pause: 5 });
  });

  it('starts only the scenarios that a phase names', () => {
    const plan = planOf(
      script([
        { name: 'all', duration: 10, arrivalCount: 8 },
        { name: 'some', duration: 10, arrivalCount: 4, scenarios: ['residents over HTTP'] },
      ]),
      {},
    );
    assert.deepEqual(plan.phases[0]?.arrivals, { 'faculty over HTTP': 2, 'residents over HTTP': 6 });
    assert.deepEqual(plan.phases[1]?.arrivals, { 'residents over HTTP': 4 });
    assert.deepEqual(
      plan.mix.map(({ share }) => share),
      [2 / 12, 10 / 12],
    );
  });

  it('orders the arrivals of a phase so that its counts come out', () => {
    const { phases, mix } = planOf(script([{ name: 'p', duration: 10, arrivalCount: 20 }]), {});
    const order = arrivalOrder(phases[0]!, mix);
    assert.equal(order.length, 20);
    assert.equal(order.filter((name) => name === 'faculty over HTTP').length, 5);
    assert.equal(order.filter((name) => name === 'residents over HTTP').length, 15);
  });
});

describe('DURATION', () => {
  it('scales the lengths of all phases in proportion and keeps the rates', () => {
    const plan = planOf(script(TWO_PHASES), { duration: 60 });
    assert.equal(plan.duration, 60);
    assert.deepEqual(
      plan.scaled.map(({ duration, arrivalCount }) => [duration, arrivalCount]),
      [
        [6, 2],
        [54, 36],
      ],
    );
  });

  it('lengthens too', () => {
    const plan = planOf(script(TWO_PHASES), { duration: 600 });
    assert.deepEqual(
      plan.scaled.map(({ duration, arrivalCount }) => [duration, arrivalCount]),
      [
        [60, 20],
        [540, 360],
      ],
    );
  });

  it('gives every phase whole seconds, which Artillery asks for, and keeps their sum', () => {
    const three: Phase[] = [...TWO_PHASES, { name: 'rest', pause: 45 }];
    for (const phases of [TWO_PHASES, three]) {
      for (const duration of [3, 5, 7, 11, 13.4, 59, 61, 600]) {
        const { scaled, duration: whole } = planOf(script(phases), { duration });
        const lengths = scaled.map((phase) => Number(phase.duration ?? phase.pause));
        assert.ok(
          lengths.every((length) => Number.isInteger(length) && length >= 1),
          `${duration}: ${lengths}`,
        );
        const sum = lengths.reduce((all, length) => all + length, 0);
        assert.deepEqual([sum, whole], [Math.round(duration), Math.round(duration)]);
      }
    }
  });

  it('shorter than a second a phase is a second a phase', () => {
    const plan = planOf(script(TWO_PHASES), { duration: 0.2 });
    assert.deepEqual([plan.scaled.map(({ duration }) => duration), plan.duration], [[1, 1], 2]);
  });

  it('keeps the rate of a phase whose length had to be rounded', () => {
    const phases: Phase[] = [
      { name: 'short', duration: 10, arrivalRate: 20 },
      { name: 'long', duration: 90, arrivalRate: 20 },
    ];
    const plan = planOf(script(phases), { duration: 5 });
    assert.deepEqual(
      plan.scaled.map(({ duration, arrivalCount }) => [duration, arrivalCount]),
      [
        [1, 20],
        [4, 80],
      ],
    );
  });

  it('keeps at least one user of each kind in each phase', () => {
    const plan = planOf(script(TWO_PHASES, [faculty, residents, admins]), { duration: 3 });
    for (const { name, arrivals } of plan.phases) {
      assert.equal(Object.keys(arrivals).length, 3);
      for (const [kind, count] of Object.entries(arrivals))
        assert.ok(count >= 1, `${name}: ${kind}: ${count}`);
    }
  });
});

describe('VUS', () => {
  it('scales the users, of all kinds by the same factor, and leaves the lengths alone', () => {
    const plan = planOf(script(TWO_PHASES), { vus: 20 });
    assert.equal(plan.users, 20);
    assert.equal(plan.duration, 300);
    assert.deepEqual(plan.phases[1]?.arrivals, { 'faculty over HTTP': 90, 'residents over HTTP': 270 });
    assert.deepEqual(planOf(script(TWO_PHASES), { vus: 5 }).phases[1]?.arrivals, {
      'faculty over HTTP': 23,
      'residents over HTTP': 67,
    });
  });

  it('and DURATION scale together', () => {
    const plan = planOf(script(TWO_PHASES), { vus: 20, duration: 100 });
    assert.deepEqual(
      plan.scaled.map(({ duration, arrivalCount }) => [duration, arrivalCount]),
      [
        [10, 7],
        [90, 120],
      ],
    );
  });
});

describe('a script that cannot be run is refused in one line', () => {
  const phase: Phase = { name: 'p', duration: 10, arrivalCount: 4 };
  const traced = script([phase]);
  traced.config.engines = { playwright: { trace: true } };
  const cases: Array<{ what: string; script: Script; vus?: number; says: RegExp }> = [
    {
      what: 'Artillery’s own traces',
      script: traced,
      says: /engines\.playwright\.trace: Artillery's own traces hold passwords; take it out and set TRACE=all/,
    },
    {
      what: 'no phases',
      script: script([]),
      says: /profile trial: config\.phases is empty; give it a phase/,
    },
    { what: 'no scenarios', script: script([phase], []), says: /it has no scenarios; give it one/ },
    {
      what: 'a scenario without a name',
      script: script([phase], [{ ...faculty, name: undefined }]),
      says: /one has none/,
    },
    {
      what: 'two scenarios of one name',
      script: script([phase], [faculty, faculty]),
      says: /name of its own \(faculty over HTTP\)/,
    },
    {
      what: 'a flowFunction that is no role',
      script: script([phase], [{ ...faculty, flowFunction: 'nurse' }]),
      says: /scenario "faculty over HTTP": flowFunction: nurse is not a role; write admin, coordinator/,
    },
    {
      what: 'a phase that names an unknown scenario',
      script: script([{ ...phase, scenarios: ['nobody'] }]),
      says: /phase "p": scenarios names scenario "nobody", which does not exist/,
    },
    {
      what: 'a phase that names no scenario',
      script: script([{ ...phase, scenarios: [] }]),
      says: /phase "p": scenarios names none; name one/,
    },
    {
      what: 'a length that is none',
      script: script([{ ...phase, duration: 'long' }]),
      says: /phase "p": duration: long is not a duration; write 30, 30s or 5m/,
    },
    {
      what: 'a length of 0',
      script: script([{ ...phase, duration: 0 }]),
      says: /duration: 0 is not a duration/,
    },
    { what: 'no length', script: script([{ name: 'p', arrivalCount: 4 }]), says: /is not a duration/ },
    {
      what: 'a ramp of a count',
      script: script([{ ...phase, rampTo: 4 }]),
      says: /phase "p": rampTo: a rate to ramp to needs one to begin with; write arrivalRate/,
    },
    {
      what: 'a count and a rate',
      script: script([{ ...phase, arrivalRate: 4 }]),
      says: /phase "p" has an arrivalCount and an arrivalRate; write one of them/,
    },
    {
      what: 'arrivals of 0',
      script: script([{ ...phase, arrivalCount: 0 }]),
      says: /phase "p" starts nobody; raise it above 0, or write pause: 10/,
    },
    {
      what: 'arrivals that are spaced in no known way',
      script: script([{ ...phase, arrivals: 'random' as never }]),
      says: /phase "p": arrivals: not known; write uniform or poisson/,
    },
    {
      what: 'looping users of 0',
      script: script([{ name: 'p', duration: 10, users: 0 }]),
      says: /phase "p": users: 0 holds nobody; raise it, or write pause: 10/,
    },
    {
      what: 'looping users of 0 of a scenario',
      script: script([{ name: 'p', duration: 10, users: { 'faculty over HTTP': 0 } }]),
      says: /phase "p": users: faculty over HTTP holds nobody; raise it above 0, or leave it out/,
    },
    {
      what: 'looping users of an unknown scenario',
      script: script([{ name: 'p', duration: 10, users: { 'faculty over HTP': 2 } }]),
      says: /users names scenario "faculty over HTP", which is none of the phase; did you mean faculty over HTTP\?/,
    },
    {
      what: 'looping users that are no number',
      script: script([{ name: 'p', duration: 10, users: 'many' as never }]),
      says: /phase "p": users: not a whole number of 0 or more/,
    },
    {
      what: 'looping users of all scenarios beside arrivals',
      script: script([{ ...phase, users: 2 }]),
      says: /holds all of its scenarios, so that nobody arrives; name those to hold: users: \{ faculty over HTTP: 2 \}/,
    },
    {
      what: 'a ramp of users by name to one number',
      script: script([{ name: 'p', duration: 10, users: { 'faculty over HTTP': 2 }, rampTo: 4 }]),
      says: /rampTo: users names scenarios; name them here too/,
    },
    {
      what: 'a phase that starts nobody',
      script: script([{ name: 'p', duration: 10 }]),
      says: /phase "p" starts nobody; give it an arrivalCount or arrivalRate, or users to hold/,
    },
    {
      what: 'users that are no number',
      script: script([phase], [faculty], 'nine' as never),
      says: /^profile trial: config\.plugins\.suite\.users: not a whole number of 0 or more; write e\.g\. 9$/,
    },
    {
      what: 'a key of the suite that is misspelt',
      script: {
        ...script([phase]),
        config: { plugins: { suite: { profile: 'trial', user: 9 } as never }, phases: [phase] },
      },
      says: /config\.plugins\.suite: unknown key 'user'; did you mean users\? known are profile, users, maxTime, capacity$/,
    },
    {
      what: 'a profile whose name is no name for a folder',
      script: { ...script([phase]), config: { plugins: { suite: { profile: '../x' } }, phases: [phase] } },
      says: /config\.plugins\.suite\.profile: not a name; it is part of a folder/,
    },
    {
      what: 'an engine that is misspelt',
      script: script([phase], [{ ...faculty, engine: 'playwrite' }]),
      says: /^profile trial: scenario "faculty over HTTP": engine: not known; write playwright \(a browser\) or api/,
    },
    {
      what: 'a weight that is no number',
      script: script([phase], [{ ...faculty, weight: 'heavy' as never }]),
      says: /scenario "faculty over HTTP": weight: not a whole number above 0/,
    },
    {
      what: 'a weight below 0',
      script: script([phase], [{ ...faculty, weight: -1 }]),
      says: /weight: not a whole number above 0/,
    },
    {
      what: 'a weight that Artillery would cut off',
      script: script([phase], [{ ...faculty, weight: 1.5 }]),
      says: /weight: not a whole number above 0/,
    },
    {
      what: 'a key of a phase that is misspelt',
      script: script([{ ...phase, arrivalcount: 9 } as never]),
      says: /^profile trial: phase "p": unknown key 'arrivalcount'; did you mean arrivalCount\? known are name, /,
    },
    {
      what: 'a key of a scenario that is misspelt',
      script: script([phase], [{ ...faculty, journey: ['request a swap over HTTP'] } as never]),
      says: /^profile trial: scenario "faculty over HTTP": unknown key 'journey'; did you mean journeys\? known are /,
    },
    {
      what: 'a key of the config that is misspelt',
      script: { config: { ...script([phase]).config, procesor: './processor.mts' }, scenarios: [faculty] },
      says: /^profile trial: config: unknown key 'procesor'; did you mean processor\? known are target, /,
    },
    {
      what: 'a key beside config and scenarios',
      script: { ...script([phase]), scenario: [] } as never,
      says: /^profile trial: unknown key 'scenario'; did you mean scenarios\? known are config, scenarios$/,
    },
    {
      what: 'phases in which nobody comes',
      script: script([{ name: 'p', pause: 10 }]),
      says: /^profile trial: nobody comes in any phase; give one an arrivalCount, or users to hold$/,
    },
    {
      what: 'a pause in which somebody is to come',
      script: script([{ name: 'p', pause: 10, arrivalCount: 4 }]),
      says: /phase "p": pause: nobody comes in one; write duration in its place/,
    },
    {
      what: 'arrivals that are no number',
      script: script([{ ...phase, arrivalCount: 'nine' as never }]),
      says: /^profile trial: phase "p": arrivalCount: not a whole number of 0 or more/,
    },
    {
      what: 'arrivals below 0',
      script: script([{ ...phase, arrivalCount: -9 }]),
      says: /phase "p": arrivalCount: not a whole number of 0 or more/,
    },
    {
      what: 'journeys that are no list',
      script: script([phase], [{ ...faculty, journeys: 'swap' as never }]),
      says: /scenario "faculty over HTTP": journeys: not a list of names/,
    },
    {
      what: 'journeys per session that are no number',
      script: script([phase], [{ ...faculty, perSession: 0 }]),
      says: /scenario "faculty over HTTP": perSession: not a whole number above 0/,
    },
    {
      what: 'journeys per session of a browser',
      script: script([phase], [{ ...faculty, engine: 'playwright', perSession: 3 }]),
      says: /scenario "faculty over HTTP": perSession: only over HTTP; take it out, and set JOURNEYS/,
    },
    {
      what: 'VUS where the profile does not say its users',
      script: script([phase], [faculty], 0),
      vus: 4,
      says: /VUS cannot scale it; set config\.plugins\.suite\.users/,
    },
  ];
  for (const { what, script: given, vus, says } of cases) {
    it(what, () => {
      assert.throws(
        () => planOf(given, { vus }),
        (error: Error) => {
          assert.ok(error instanceof ConfigError);
          assert.match(error.message, says);
          assert.doesNotMatch(error.message, /\n/);
          return true;
        },
      );
    });
  }
});

describe('what a scenario is to do is known before a run', () => {
  const phase: Phase = { name: 'p', duration: 10, arrivalCount: 4 };
  const refused = (scenario: Scenario, mayChange: MayChange, says: RegExp, processor?: string) => {
    const profile = script([phase], [scenario]);
    profile.config.processor = processor;
    return assert.rejects(
      () => checkJourneys(profile, 'trial', mayChange),
      (error: Error) => error instanceof ConfigError && says.test(error.message),
    );
  };

  it('journeys that there are not are named, with those that there are', async () => {
    const says = /^profile trial: scenario ".*": journeys: there is no journey "fly" .*there are: .*swap/;
    await refused({ ...faculty, journeys: ['fly'] }, CHANGES, says);
    await refused({ ...faculty, engine: 'playwright', journeys: ['fly'] }, CHANGES, says, './processor.mts');
  });

  it('so are journeys that may not run there', async () => {
    await refused(
      { ...faculty, journeys: ['request a swap over HTTP'] },
      [],
      /no journey over HTTP for faculty/,
    );
    const request = { ...faculty, engine: 'playwright', journeys: ['request leave'] };
    await refused(request, [], /may not be changed on this environment/, './processor.mts');
  });

  it('visitors over HTTP, and browsers without a processor', async () => {
    await refused({ ...faculty, flowFunction: 'visitor' }, [], /visitors come in browsers only/);
    await refused(admins, CHANGES, /config\.processor is missing; write processor: \.\/processor\.mts/);
  });

  it('what its users may not do there is in the plan by its name', async () => {
    const profile = script([phase], [{ name: 'admins over HTTP', engine: 'api', flowFunction: 'admin' }]);
    const plan = planOf(profile, {});
    await planJourneys(profile, plan, []);
    const [{ journeys = [], leftOut = [] } = {}] = plan.mix;
    assert.ok(journeys.some(({ name }) => name === 'check resilience over HTTP'));
    assert.ok(
      leftOut.includes('manage a rotation over HTTP') && !leftOut.includes('check resilience over HTTP'),
    );
    await planJourneys(profile, plan, CHANGES);
    assert.ok(plan.mix.every(({ leftOut }) => leftOut === undefined));
  });

  it('a good one passes', async () => {
    const good = script([phase], [{ ...faculty, journeys: ['request a swap over HTTP'] }, residents]);
    await checkJourneys(good, 'trial', CHANGES);
  });
});
