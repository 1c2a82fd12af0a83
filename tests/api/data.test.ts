import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as absences from '../../api/operations/absences.ts';
import * as batch from '../../api/operations/batch.ts';
import * as people from '../../api/operations/people.ts';
import * as rotations from '../../api/operations/rotation-templates.ts';
import { addDays, mondayOf, monthOf, overlaps, weekday, wholeWeeks } from '../../fixtures/data/dates.ts';
import { isOurs, testData } from '../../fixtures/data/generate.ts';
import { seededRandom, xoshiro128 } from '../../fixtures/data/random.ts';
import { runStamp } from '../../measure/run/directory.ts';

const RUN = '2026-11-23T15-00-00Z-load';

function many<T>(count: number, make: () => T): T[] {
  return Array.from({ length: count }, make);
}

test('the same seed gives the same numbers, another seed others', () => {
  const numbers = (seed: number | string) => {
    const random = seededRandom(seed);
    return many(20, () => random.next());
  };
  assert.deepEqual(numbers(7), numbers(7));
  assert.notDeepEqual(numbers(7), numbers(8));
  assert.deepEqual(numbers('7'), numbers(7));
});

test('the generator is xoshiro128**: the numbers of an implementation written apart, from state 1, 2, 3, 4', () => {
  const next = xoshiro128([1, 2, 3, 4]);
  assert.deepEqual(
    many(10, next),
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  );
});

test('numbers are uniform: in range, mean and variance as theory has them', () => {
  const random = seededRandom('uniform');
  const values = many(100_000, () => random.next());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assert.ok(values.every((value) => value >= 0 && value < 1));
  assert.ok(Math.abs(mean - 0.5) < 0.004, `mean ${mean}`);
  assert.ok(Math.abs(variance - 1 / 12) < 0.001, `variance ${variance}`);
});

test('think times are log-normal: half of them below the median, log with the given sigma', () => {
  const random = seededRandom(3);
  const values = many(50_000, () => random.logNormal(1.5, 0.5));
  const below = values.filter((value) => value < 1.5).length / values.length;
  assert.ok(Math.abs(below - 0.5) < 0.01, `${below} below the median`);
  const logs = values.map((value) => Math.log(value / 1.5));
  const sigma = Math.sqrt(logs.reduce((sum, value) => sum + value * value, 0) / logs.length);
  assert.ok(Math.abs(sigma - 0.5) < 0.01, `sigma ${sigma}`);
  assert.equal(random.logNormal(2, 0), 2);
});

test('int reaches both ends and pick every element', () => {
  const random = seededRandom(1);
  assert.deepEqual([...new Set(many(200, () => random.int(2, 4)))].sort(), [2, 3, 4]);
  assert.deepEqual([...new Set(many(200, () => random.pick(['a', 'b'])))].sort(), ['a', 'b']);
  assert.throws(() => random.pick([]), RangeError);
});

test('entered data is valid by the contract, on any day of the year', () => {
  for (const today of ['2026-11-23', '2026-12-31', '2028-02-29', '2027-06-27']) {
    const data = testData({ runId: RUN, session: 'b7', seed: 1, today });
    for (const absence of many(50, () => data.absence())) {
      const body = {
        person_id: 'p',
        absence_type: absence.type,
        start_date: absence.startDate,
        end_date: absence.endDate,
        notes: absence.notes,
      };
      assert.equal(absences.create.body?.safeParse(body).success, true);
      assert.ok(absence.startDate > today && absence.startDate <= absence.endDate);
      assert.ok(absence.endDate < addDays(today, 365), 'far from the 5 years that the contract allows');
      assert.ok(weekday(absence.startDate) < 5 && weekday(absence.endDate) < 5, 'weekdays');
    }
    const person = data.person();
    const body = { ...person, pgy_level: person.pgyLevel };
    assert.equal(people.create.body?.safeParse(body).success, true);
    assert.match(person.email, /^[a-z0-9-]{1,64}@example\.com$/);
    assert.ok(data.swapReason().length <= 500);
    const { name, type, abbreviation, maxResidents } = data.rotation();
    const template = { name, rotation_type: type, abbreviation, max_residents: maxResidents };
    assert.equal(rotations.create.body?.safeParse(template).success, true);
    const planned = data.assignment(crypto.randomUUID(), crypto.randomUUID());
    assert.equal(batch.create.body?.safeParse({ assignments: [planned] }).success, true);
    assert.ok([name, planned.notes, person.name, person.email, data.swapReason()].every(isOurs));
  }
});

test('absences lie in whole weeks of the target’s own calendar, and in the second week where that ends sooner', () => {
  const today = '2026-11-25'; // a Wednesday
  const data = testData({ runId: RUN, session: 'b7', seed: 1, today });
  const within = many(200, () => data.absence({ start: '2026-08-03', end: '2026-12-27' }));
  const starts = within.map(({ startDate }) => mondayOf(startDate));
  assert.deepEqual([...new Set(starts)].sort(), ['2026-12-07', '2026-12-14', '2026-12-21']);
  assert.ok(within.every(({ endDate }) => endDate <= '2026-12-27'));
  const soon = many(20, () => data.absence({ start: '2026-08-03', end: '2026-11-29' }));
  assert.ok(soon.every(({ startDate }) => mondayOf(startDate) === '2026-12-07'));
});

test('data is unique in run and session, carries its prefix, and repeats with the seed', () => {
  const make = (session: string, runId = RUN) => {
    const data = testData({ runId, session, seed: 5, today: '2026-11-23' });
    return many(10, () => [data.absence().notes, data.person().email, data.swapReason()]).flat();
  };
  const all = [...make('b1'), ...make('b2'), ...make('b1', '2026-11-23T15-00-01Z-load')];
  assert.equal(new Set(all).size, all.length);
  assert.ok(make('b1').every((text) => /perf-2026-11-23t15-00-[a-z0-9]+-b1-/.test(text)));
  assert.deepEqual(make('b1'), make('b1'));
});

test('what a run entered is known as the suite’s; words of people that sound like it are not', () => {
  for (const profile of ['load', 'perf', 'smoke-before-index']) {
    const runId = `${runStamp(new Date())}-${profile}`;
    assert.ok(isOurs(testData({ runId, session: 'h12', seed: 1 }).swapReason()), runId);
  }
  for (const theirs of [
    'perf-improvement-plan meeting',
    'my perf review',
    'perf-2-day course',
    'perf-2026-review',
  ])
    assert.ok(!isOurs(theirs), theirs);
});

test('run ids that differ only after the cut still give different data', () => {
  const long = 'a-very-long-run-id-that-goes-on-and-on';
  const email = (runId: string) => testData({ runId, session: 's', seed: 1 }).person().email;
  assert.notEqual(email(`${long}-1`), email(`${long}-2`));
  assert.ok((email(`${long}-1`).split('@')[0] as string).length <= 64);
});

test('sessions with consecutive numbers get weeks of their own', () => {
  const weeks = ['w1', 'w2', 'w3'];
  const own = (session: string, from?: 'start' | 'end') =>
    testData({ runId: RUN, session, seed: 1 }).own(weeks, from);
  assert.equal(new Set(['a1', 'a2', 'a3'].map((session) => own(session))).size, 3);
  assert.notEqual(own('a3', 'start'), own('b3', 'end'));
  const data = testData({ runId: RUN, session: 'a2', seed: 1 });
  assert.equal(data.own([]), undefined);
  assert.deepEqual(
    [data.inTurn(weeks), data.inTurn(weeks, 'end')],
    [
      ['w3', 'w1', 'w2'],
      ['w1', 'w3', 'w2'],
    ],
  );
  assert.deepEqual(data.inTurn([]), []);
});

test('only weeks whose seven days are known and that lie ahead are whole', () => {
  const days = many(21, () => '').map((_, index) => addDays('2026-11-23', index));
  const gap = days.filter((day) => day !== '2026-12-02');
  assert.deepEqual(wholeWeeks(gap, '2026-11-22'), [
    { start: '2026-11-23', end: '2026-11-29' },
    { start: '2026-12-07', end: '2026-12-13' },
  ]);
  assert.deepEqual(wholeWeeks(days, '2026-11-30'), [{ start: '2026-12-07', end: '2026-12-13' }]);
  assert.deepEqual(monthOf('2028-02-10'), { start: '2028-02-01', end: '2028-02-29' });
  assert.equal(
    overlaps({ start: '2026-01-01', end: '2026-01-05' }, { start: '2026-01-05', end: '2026-01-06' }),
    true,
  );
});
