/** Profiles where an environment paces sign-ins: as long as those take, or refused in a line that names what works. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deadlineOf } from '../../artillery/profile/deadline.ts';
import { pacedPlan } from '../../artillery/profile/pace.ts';
import type { Phase } from '../../artillery/profile/phase.ts';
import type { Plan } from '../../artillery/profile/plan.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';
import { readScript } from '../../artillery/profile/plan-of-file.ts';
import type { Script } from '../../artillery/profile/script.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { profileNames } from '../../config/profile-names.ts';
import { signInPace, takeTurn } from '../../measure/session/sign-in-pace.ts';

const STOCK = { PACE_SIGN_INS: 'true' };
const smoke = () => readScript('artillery/smoke.yml');
const arrivals = ({ phases }: Plan) => phases.map((phase) => phase.arrivals);

function script(phases: Phase[], users = 10): Script {
  const scenarios = [{ name: 'residents', engine: 'api', weight: 1, flowFunction: 'resident' }];
  return { config: { plugins: { suite: { profile: 'trial', users } }, phases }, scenarios };
}

test('smoke is as long as its sign-ins take, with as many users, and says so', () => {
  const { plan, note } = pacedPlan(smoke(), readEnvironment(STOCK));
  assert.deepEqual(arrivals(plan), arrivals(planOf(smoke(), {})));
  assert.ok(plan.duration >= 90 && plan.duration <= 120, `${plan.duration} s`);
  assert.equal(plan.scaled[0]?.duration, plan.duration);
  assert.match(note ?? '', /^smoke takes 1 min \d+ s, not 27 s: its 9 sign-ins are paced to 5 a minute$/);
});

test('without a pace, and with one that is fast enough, a profile is as long as it is written', () => {
  for (const given of [{}, { PACE_SIGN_INS: '60' }, { PACE_SIGN_INS: 'false' }]) {
    const { plan, note } = pacedPlan(smoke(), readEnvironment(given));
    assert.deepEqual([plan.duration, note], [27, undefined]);
  }
});

test('each profile can be run at the pace of a stock deployment, with whatever VUS', () => {
  for (const name of profileNames())
    for (const given of [{}, { VUS: '1' }]) {
      const own = readScript(`artillery/${name}.yml`);
      const environment = readEnvironment({ ...STOCK, ...given });
      const { plan } = pacedPlan(own, environment);
      assert.deepEqual(arrivals(plan), arrivals(planOf(own, environment)), name);
      assert.ok(waited(plan, 5) <= 14, `${name}: the last user signs in ${waited(plan, 5)} s after the end`);
    }
});

test('a ramp that is stretched keeps its shape and all its users', () => {
  const ramp = script([{ name: 'up', duration: 60, arrivalRate: 0, rampTo: 2 }]);
  const { plan } = pacedPlan(ramp, readEnvironment(STOCK));
  const [phase] = plan.phases;
  assert.deepEqual(phase?.arrivals, { residents: 60 });
  const [from = 0, to = 0] = phase?.rates ?? [];
  assert.equal(Math.round(((from + to) / 2) * plan.duration), 60);
});

const TOO_SHORT: Array<[given: Record<string, string>, own: () => Script, says: RegExp]> = [
  [
    { DURATION: '2m' },
    smoke,
    /^PACE_SIGN_INS: DURATION=2m is too short for profile smoke: 40 sign-ins at 5 a minute take 8 min 48 s\. Set DURATION=2m VUS=\d, or leave DURATION out \(it then takes 1 min \d+ s\)/,
  ],
  [{ DURATION: '20s' }, smoke, /Set DURATION=\w+ VUS=1, or leave DURATION out/],
  [{ DURATION: '20s', VUS: '1' }, smoke, /DURATION=20s VUS=1 is too short .* Set DURATION=\w+ VUS=1, or/],
  [{ DURATION: '1m' }, () => readScript('artillery/load.yml'), /Set DURATION=\w+ VUS=\d+, or leave/],
  [{ DURATION: '30s', VUS: '40' }, () => script([{ duration: 60, users: 20 }]), /Set DURATION=30s VUS=\d/],
  [
    { DURATION: '1m' },
    () => script([{ duration: 60, arrivalRate: 1 }], 0),
    /minute take 13 min 12 s\. Leave DURATION out/,
  ],
];
for (const [given, own, says] of TOO_SHORT) {
  test(`refused with what works: ${JSON.stringify(given)} of ${own().config.plugins?.suite?.profile}`, () => {
    const refusal = assertRefused(own(), given);
    assert.match(refusal, says);
    assert.doesNotMatch(refusal, /\n/);
    const [, duration, vus] = /Set DURATION=(\w+) VUS=(\d+)/.exec(refusal) ?? [];
    if (duration && vus) pacedPlan(own(), readEnvironment({ ...STOCK, DURATION: duration, VUS: vus }));
    pacedPlan(own(), readEnvironment({ ...STOCK, ...given, DURATION: undefined }));
  });
}

test('a profile that grows long names how it would keep its length', () => {
  const { note } = pacedPlan(readScript('artillery/load.yml'), readEnvironment(STOCK));
  const [, duration, vus] = /; DURATION=(\w+) VUS=(\d+) keeps its length$/.exec(note ?? '') ?? [];
  assert.equal(duration, '14m');
  const { plan } = pacedPlan(
    readScript('artillery/load.yml'),
    readEnvironment({ ...STOCK, DURATION: duration, VUS: vus }),
  );
  assert.equal(plan.duration, 14 * 60);
});

test('who still waits for a turn when the last phase ends is not cut off', () => {
  const { plan } = pacedPlan(script([{ duration: '10m', users: 30 }]), readEnvironment(STOCK));
  // All thirty may be waiting: the last of them signs in so long after the end.
  assert.ok(deadlineOf(plan).seconds >= plan.duration + 30 * 13.2 + 120);
});

function assertRefused(own: Script, given: Record<string, string>): string {
  try {
    pacedPlan(own, readEnvironment({ ...STOCK, ...given }));
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  assert.fail('not refused');
}

/** How long after the end the last of those who arrive signs in, by the pace itself; seconds. */
function waited(plan: Plan, perMinute: number): number {
  const pace = signInPace(perMinute, 0);
  let begin = 0;
  let last = 0;
  for (const { duration, arrivals: by } of plan.phases) {
    const count = Object.values(by).reduce((sum, one) => sum + one, 0);
    for (let index = 1; index <= count; index++) {
      const now = Math.round((begin + (index / count) * duration) * 1000);
      last = now + takeTurn(pace, now);
    }
    begin += duration;
  }
  return last / 1000 - begin;
}
