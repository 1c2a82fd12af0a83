/** Open and closed phases: who arrives when, and how many loop at each moment. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { arrivalTimes } from '../../artillery/profile/arrival-times.ts';
import { heldPlan, mostHeld } from '../../artillery/profile/concurrent-plan.ts';
import type { Phase } from '../../artillery/profile/phase.ts';
import type { Scale } from '../../artillery/profile/plan.ts';
import { planOf } from '../../artillery/profile/plan-of.ts';
import type { Scenario } from '../../artillery/profile/script.ts';

const scenarios: Scenario[] = [
  { name: 'residents', engine: 'api', weight: 3, flowFunction: 'resident' },
  { name: 'faculty', engine: 'api', weight: 1, flowFunction: 'faculty' },
];

function planned(phase: Phase, scale: Scale = {}) {
  const config = { plugins: { suite: { profile: 'trial', users: 10 } }, phases: [{ name: 'p', ...phase }] };
  return planOf({ config, scenarios }, scale);
}

const total = (counts: Record<string, number>) =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

describe('an open ramp', () => {
  it('loses nobody, however low its rates: as many as its mean rate times its length', () => {
    for (const [arrivalRate, rampTo, duration] of [
      [0, 0.2, 60],
      [0.1, 0.4, 100],
      [0.5, 5, 120],
      [7, 1, 33],
      [20, 200, 60],
    ] as const) {
      const plan = planned({ duration, arrivalRate, rampTo });
      const [phase] = plan.phases;
      const count = total(phase!.arrivals);
      assert.equal(count, Math.round(((arrivalRate + rampTo) / 2) * duration));
      const times = arrivalTimes(phase!, 1);
      assert.equal(times.length, count);
      assert.ok(times.every((time, index) => time >= (times[index - 1] ?? 0)));
      assert.equal(times.at(-1), duration * 1000);
      assert.equal(plan.scaled[0]?.arrivalCount, count);
    }
  });

  it('has at each moment as many as the area under the straight line says', () => {
    const [phase] = planned({ duration: 100, arrivalRate: 1, rampTo: 9 }).phases;
    const times = arrivalTimes(phase!, 1);
    for (const t of [10, 25, 50, 75, 99]) {
      const come = times.filter((time) => time <= t * 1000).length;
      assert.ok(Math.abs(come - (t + 0.04 * t ** 2)) <= 1, `${come} after ${t} s`);
    }
  });

  it('keeps its rates when DURATION shortens it, and VUS multiplies them', () => {
    const ramp = { duration: 100, arrivalRate: 1, rampTo: 9 };
    assert.equal(total(planned(ramp, { duration: 50 }).phases[0]!.arrivals), 250);
    assert.equal(total(planned(ramp, { vus: 5 }).phases[0]!.arrivals), 250);
    assert.deepEqual(planned(ramp, { vus: 5 }).phases[0]!.rates, [0.5, 4.5]);
  });
});

describe('Poisson arrivals', () => {
  const phase = planned({ duration: 400, arrivalCount: 2000, arrivals: 'poisson' }).phases[0]!;
  const gaps = (seed: number) => {
    const times = arrivalTimes(phase, seed);
    return times.map((time, index) => time - (times[index - 1] ?? 0));
  };

  it('are exactly as many as promised, the same for a seed and others for another', () => {
    assert.equal(gaps(1).length, 2000);
    assert.deepEqual(gaps(1), gaps(1));
    assert.notDeepEqual(gaps(1), gaps(2));
  });

  it('have gaps that are spread exponentially: deviation as large as the mean, 1/e of them longer than it', () => {
    const all = gaps(1);
    const mean = all.reduce((sum, gap) => sum + gap, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / all.length);
    assert.ok(Math.abs(deviation / mean - 1) < 0.08, `deviation ${deviation}, mean ${mean}`);
    const longer = all.filter((gap) => gap > mean).length / all.length;
    assert.ok(Math.abs(longer - Math.exp(-1)) < 0.03, `${longer} longer`);
  });

  it('evenly spaced ones, the default, have none', () => {
    const [even] = planned({ duration: 400, arrivalCount: 2000 }).phases;
    const times = arrivalTimes(even!, 1);
    assert.ok(times.every((time, index) => time === (index + 1) * 200));
  });
});

describe('looping users', () => {
  it('are split among the scenarios by weight, and none arrives', () => {
    const plan = planned({ duration: 60, users: 20 });
    assert.deepEqual(plan.phases[0]?.users, { residents: 15, faculty: 5 });
    assert.deepEqual(plan.phases[0]?.arrivals, {});
    assert.deepEqual(heldPlan(plan.phases[0]!, plan.mix), [{ ms: 0, users: { residents: 15, faculty: 5 } }]);
    assert.deepEqual(
      plan.mix.map(({ share, held }) => ({ share, held })),
      [
        { share: 0.75, held: true },
        { share: 0.25, held: true },
      ],
    );
  });

  it('scale with VUS and not with DURATION, at least one of each kind', () => {
    const phase = { duration: 60, users: 20 };
    assert.deepEqual(planned(phase, { vus: 5 }).phases[0]?.users, { residents: 8, faculty: 2 });
    assert.deepEqual(planned(phase, { vus: 1 }).phases[0]?.users, { residents: 1, faculty: 1 });
    assert.deepEqual(planned(phase, { duration: 6 }).phases[0]?.users, { residents: 15, faculty: 5 });
  });

  it('that are ramped are at each moment the nearest whole number to a straight line, up and down', () => {
    for (const [users, rampTo] of [
      [20, 60],
      [60, 20],
      [2, 200],
      [0, 8],
      [8, 0],
    ] as const) {
      const { phases, mix } = planned({ duration: 120, users, rampTo });
      const [phase] = phases;
      const changes = heldPlan(phase!, mix);
      for (let ms = 0; ms <= 120_000; ms += 500) {
        const now = changes.findLast((change) => change.ms <= ms)!.users;
        const line = users + ((rampTo - users) * ms) / 120_000;
        assert.ok(Math.abs(total(now) - line) <= 0.51, `${total(now)} instead of ${line}`);
      }
      assert.deepEqual(changes.at(-1)?.users, phase?.usersAtEnd);
      assert.equal(total(phase!.usersAtEnd!), rampTo);
      assert.equal(mostHeld(phase!), Math.max(users, rampTo));
    }
  });

  it('of some scenarios stand beside arrivals of the others', () => {
    const plan = planned({ duration: 60, arrivalRate: 0.5, rampTo: 1.5, users: { residents: 4 } });
    assert.deepEqual(plan.phases[0]?.users, { residents: 4 });
    assert.equal(plan.phases[0]?.usersAtEnd, undefined);
    assert.deepEqual(plan.phases[0]?.arrivals, { faculty: 60 });
    assert.deepEqual(
      plan.mix.map(({ share, held }) => ({ share, held })),
      [
        { share: 1, held: true },
        { share: 1, held: undefined },
      ],
    );
  });

  it('ramp by name too', () => {
    const { phases } = planned({
      duration: 60,
      users: { residents: 4 },
      rampTo: { residents: 8, faculty: 2 },
    });
    assert.deepEqual(phases[0]?.users, { residents: 4, faculty: 0 });
    assert.deepEqual(phases[0]?.usersAtEnd, { residents: 8, faculty: 2 });
  });
});
