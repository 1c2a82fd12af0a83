import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROLES } from '../../config/roles.ts';
import { journeys } from '../../flows/registry.ts';
import { AUDITED_JOURNEYS, checkAllowed, choose } from '../../lighthouse/choose.ts';
import { AUDITED_PAGES } from '../../lighthouse/pages.ts';
import type { AuditSettings } from '../../lighthouse/settings.ts';

const USUAL: AuditSettings = { formFactor: 'desktop', throttling: 'none', repeats: 5 };
const inShort = (words: string[], settings = USUAL, quick = false) => {
  const { pages, journeys: chosen, note } = choose(words, settings, quick);
  return { pages: pages.map(({ path }) => path), journeys: chosen.map(({ name }) => name), note };
};
const refused = (words: string[], settings = USUAL) => {
  let message = '';
  assert.throws(
    () => choose(words, settings, false),
    (error: Error & { exitCode?: number }) => {
      message = error.message;
      return error.exitCode === 2;
    },
  );
  return message;
};

test('without a name all pages and one journey of each role are audited; quick: one page of each role', () => {
  const all = inShort([]);
  assert.equal(all.pages.length, AUDITED_PAGES.length);
  const roles = all.journeys.map((name) => journeys.find((one) => one.name === name)?.role);
  assert.deepEqual(roles.toSorted(), ROLES.toSorted());
  const changing = journeys.filter(
    ({ name, changes }) => AUDITED_JOURNEYS.includes(name) && changes.length > 0,
  );
  assert.deepEqual(changing, [], 'they change nothing');
  const quick = inShort([], USUAL, true);
  assert.deepEqual(quick.journeys, []);
  assert.deepEqual(
    quick.pages.map((path) => AUDITED_PAGES.find((page) => page.path === path)?.role).toSorted(),
    ROLES.toSorted(),
  );
});

test('pages and journeys are chosen by name, each once', () => {
  assert.deepEqual(inShort(['/people', 'Request an absence', '/people'], USUAL, true), {
    pages: ['/people'],
    journeys: ['request an absence'],
    note: undefined,
  });
});

test('an unknown page or journey is refused with the nearest name', () => {
  assert.match(refused(['/scheduel']), /"\/scheduel": no such page or journey\. Did you mean "\/schedule"/);
  assert.match(refused(['/people', 'view my scedule']), /Did you mean "view my schedule"/);
  assert.match(refused(['/zzz']), /--list/);
});

test('a journey cannot be simulated or narrow: refused by name, left out where none is named', () => {
  for (const other of [{ throttling: 'simulate' }, { formFactor: 'mobile' }] as const) {
    assert.match(
      refused(['view my schedule'], { ...USUAL, ...other }),
      /"view my schedule": .*Name pages alone/,
    );
    const all = inShort([], { ...USUAL, ...other });
    assert.deepEqual(all.journeys, []);
    assert.match(all.note ?? '', /journeys are left out/);
    assert.deepEqual(inShort(['/people'], { ...USUAL, ...other }).note, undefined);
  }
});

test('a journey that changes what an environment does not allow is refused', () => {
  const chosen = choose(['request an absence'], USUAL, false);
  assert.throws(
    () => checkAllowed(chosen, [], 'production'),
    /"request an absence" changes .*production does not allow/,
  );
  assert.doesNotThrow(() => checkAllowed(choose([], USUAL, false), [], 'production'));
});
