import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import type { UserSlot } from '../../artillery/engine/arrival.ts';
import { HeldUsers } from '../../artillery/engine/concurrent-users.ts';
import type { PlannedScenario } from '../../measure/run/plan.ts';

const MIX: PlannedScenario[] = [
  { name: 'residents', via: 'http', role: 'resident', share: 0.75 },
  { name: 'faculty', via: 'http', role: 'faculty', share: 0.25 },
];
const SESSION_MS = 3000;
const THINK_MS = 500;

/** Users whose sessions last 3 s; those of `refused` scenarios cannot begin, `lost` ones never do. */
function trial(context: { after(work: () => void): void }) {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 });
  context.after(() => mock.timers.reset());
  const started: Array<{ t: number; due: number; scenario: string; phase: string; place: number }> = [];
  const refused = new Set<string>();
  /** Of these nothing is heard. */
  const lost = new Set<string>();
  const present = new Map<string, number>();
  const count = (scenario: string, by: number) => present.set(scenario, (present.get(scenario) ?? 0) + by);
  const held = new HeldUsers(MIX, ({ scenario, phase, due, place }) => {
    const { number } = place as UserSlot;
    started.push({ t: Date.now() - 1_000_000, due: due - 1_000_000, scenario, phase, place: number });
    if (lost.has(scenario)) return;
    if (refused.has(scenario)) {
      place?.ended('could not begin');
      return;
    }
    place?.began();
    count(scenario, 1);
    setTimeout(() => {
      count(scenario, -1);
      place?.ended('done');
    }, SESSION_MS);
  });
  held.thinkBy(() => THINK_MS);
  const pass = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 10) mock.timers.tick(10);
  };
  return { held, started, refused, lost, present, pass, ends: 1_000_000 + 60_000 };
}

describe('looping users', () => {
  it('are as many as they are asked to be, at every moment, with sessions that follow one another', (context) => {
    const { held, started, pass, ends } = trial(context);
    held.hold({ residents: 3, faculty: 1 }, 'steady', { ends });
    pass(1000);
    for (let second = 1; second < 20; second += 1) {
      assert.deepEqual(held.presence(Date.now()), { held: 4, missing: 0 });
      pass(1000);
    }
    const ofFirst = started.filter(({ place }) => place === 1).map(({ due }) => Math.floor(due / 100) * 100);
    assert.deepEqual(ofFirst.slice(0, 3), [0, 3500, 7000], 'a session, think time, a session');
    assert.ok(started.every(({ t, due }) => t - due < 20));
    assert.equal(held.dueBy(Date.now()), started.length, 'planned and started add up');
  });

  it('come one after the other, within a tenth of the phase', (context) => {
    const { held, started, pass } = trial(context);
    held.hold({ residents: 8 }, 'steady', { ends: 1_000_000 + 10_000 });
    pass(1100);
    assert.deepEqual(
      started.map(({ due }) => due),
      [0, 125, 250, 375, 500, 625, 750, 875],
    );
  });

  it('go on from one phase to the next, and stand under the new one’s name', (context) => {
    const { held, started, present, pass, ends } = trial(context);
    held.hold({ residents: 2 }, 'one', { ends });
    pass(5000);
    held.hold({ residents: 4 }, 'two', { ends });
    pass(5000);
    assert.deepEqual(new Set(started.map(({ place }) => place)), new Set([1, 2, 3, 4]));
    assert.deepEqual(held.presence(Date.now()), { held: 4, missing: 0 });
    assert.equal(started.at(-1)?.phase, 'two');
    assert.ok((present.get('residents') ?? 0) >= 2);
  });

  it('leave at the end of their session, and those who think at once', (context) => {
    const { held, started, present, pass, ends } = trial(context);
    held.hold({ residents: 2, faculty: 1 }, 'one', { ends });
    pass(1000);
    held.hold({ residents: 1 }, 'two', { ends });
    assert.deepEqual(held.presence(Date.now()), { held: 1, missing: 0 });
    assert.equal(present.get('faculty'), 1, 'its session goes on');
    pass(3000);
    assert.equal(present.get('faculty'), 0);
    held.hold({}, 'two');
    pass(5000);
    assert.deepEqual([...present.values()], [0, 0]);
    const before = started.length;
    pass(20_000);
    assert.equal(started.length, before);
  });

  it('stay when they are wanted again before they have left', (context) => {
    const { held, started, pass, ends } = trial(context);
    held.hold({ residents: 2 }, 'one', { ends });
    pass(1000);
    held.hold({}, 'rest');
    held.hold({ residents: 2 }, 'two', { ends });
    pass(10_000);
    assert.deepEqual(new Set(started.map(({ place }) => place)), new Set([1, 2]));
  });

  it('that cannot begin are missing, and try again a second later at the soonest', (context) => {
    const { held, started, refused, pass, ends } = trial(context);
    held.thinkBy(() => 0);
    refused.add('faculty');
    held.hold({ residents: 2, faculty: 1 }, 'one', { ends });
    pass(4000);
    assert.deepEqual(held.presence(Date.now()), { held: 3, missing: 1 });
    const tries = started.filter(({ scenario }) => scenario === 'faculty').length;
    assert.ok(tries >= 3 && tries <= 5, `${tries} tries`);
    refused.clear();
    pass(2000);
    assert.deepEqual(held.presence(Date.now()), { held: 3, missing: 0 });
  });

  it('are missing when a session of theirs does not begin, as where the browser is gone', (context) => {
    const { held, lost, pass, ends } = trial(context);
    held.hold({ residents: 2, faculty: 1 }, 'one', { ends });
    pass(3000);
    lost.add('residents');
    pass(4000);
    assert.deepEqual(held.presence(Date.now()), { held: 3, missing: 0 }, 'they may be late');
    pass(5000);
    assert.deepEqual(held.presence(Date.now()), { held: 3, missing: 2 });
  });

  it('start no more once they are stopped', (context) => {
    const { held, started, pass, ends } = trial(context);
    held.hold({ residents: 2 }, 'one', { ends });
    pass(1000);
    held.stop();
    const before = started.length;
    pass(20_000);
    assert.equal(started.length, before);
  });
});
