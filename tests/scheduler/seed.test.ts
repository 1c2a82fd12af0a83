import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, weekday } from '../../fixtures/scheduler/server/dates.ts';
import { fmitWeeksOf } from '../../fixtures/scheduler/server/fmit.ts';
import { accounts, seed } from '../../fixtures/scheduler/server/seed.ts';
import type { Size } from '../../fixtures/scheduler/server/settings.ts';
import { Store } from '../../fixtures/scheduler/server/store.ts';

const TODAY = '2026-11-23';

function made(size: Size = 'small', number = 1, today = TODAY): Store {
  const store = new Store();
  seed(store, { size, seed: number, today, hash: 'x' });
  return store;
}

const TABLES = ['users', 'people', 'blocks', 'rotation_templates', 'assignments', 'half_day_assignments'];
const dump = (store: Store) =>
  [...TABLES, 'absences', 'call_assignments'].map((table) =>
    store.all(`SELECT * FROM ${table} ORDER BY rowid`),
  );

test('the same seed and day give the same data, another seed other ids', () => {
  assert.deepEqual(dump(made()), dump(made()));
  assert.notDeepEqual(dump(made()), dump(made('small', 2)));
});

/** Made once: no test changes it. */
const OF_SIZE: Record<Size, () => Store> = {
  small: once('small'),
  medium: once('medium'),
  large: once('large'),
};

function once(size: Size): () => Store {
  let store: Store | undefined;
  return () => {
    store ??= made(size);
    return store;
  };
}

test('each size has its people and 16 weeks of half-days in blocks of 28 days', () => {
  for (const [size, faculty, residents, others] of [
    ['small', 8, 18, 12],
    ['medium', 10, 30, 12],
    ['large', 60, 200, 26],
  ] as const) {
    const store = OF_SIZE[size]();
    const people = (type: string) => store.count('SELECT count(*) FROM people WHERE type = ?', type);
    assert.deepEqual([people('faculty'), people('resident')], [faculty, residents]);
    assert.equal(store.count('SELECT count(*) FROM blocks'), 224);
    assert.equal(accounts(store).length, faculty + residents + others);
    const fmit = store.count(`SELECT count(*) FROM rotation_templates WHERE name = 'FMIT'`);
    assert.equal(fmit, 1);
  }
});

test('block 1 starts on the Monday of the week before, whatever the day', () => {
  for (let i = 0; i < 7; i++) {
    const store = made('small', 1, addDays(TODAY, i));
    const first = store.get<{ date: string; block_number: number }>(
      'SELECT * FROM blocks ORDER BY date LIMIT 1',
    );
    assert.deepEqual([first?.date, first?.block_number], ['2026-11-16', 1]);
    assert.equal(weekday(first?.date ?? ''), 0);
  }
  const end = made().get<{ date: string }>('SELECT max(date) AS date FROM blocks WHERE block_number = 1');
  assert.equal(end?.date, '2026-12-13');
});

test('every faculty member has at least three FMIT weeks ahead to offer', () => {
  for (const size of ['small', 'medium', 'large'] as const) {
    const store = OF_SIZE[size]();
    for (const { id, name } of store.all<{ id: string; name: string }>(
      `SELECT id, name FROM people WHERE type = 'faculty'`,
    )) {
      const ahead = fmitWeeksOf(store, id).filter((monday) => monday > TODAY);
      assert.ok(ahead.length >= 3, `${size}: ${name} has ${ahead.length}`);
    }
  }
});

test('small data has the size of what was seen on the real application', () => {
  const store = made();
  const inBlock = store.count(
    'SELECT count(*) FROM assignments a JOIN blocks b ON b.id = a.block_id WHERE b.block_number = 1',
  );
  // 413 kB of assignments in four weeks, at some 480 bytes each, on two pages of 500.
  assert.ok(inBlock > 780 && inBlock < 950, String(inBlock));
  assert.equal(store.count('SELECT count(*) FROM absences WHERE start_date > ?', TODAY), 6);
  const soon = store.count('SELECT count(*) FROM absences WHERE start_date <= ?', addDays(TODAY, 7));
  assert.equal(soon, 0);
});
