/** Each page object is broken by a proof of the journeys: tests/journeys/broken-pages.spec.ts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BREAKAGES } from '../journeys/breakages.ts';
import { appPages, pageFiles, unbroken } from './page-objects.ts';

test('every page object has its row', () => {
  assert.deepEqual(unbroken(pageFiles(), appPages(), Object.keys(BREAKAGES)), []);
});

test('a page object without a row, or without a place in App, is reported', () => {
  const files = [
    { file: 'flows/pages/old.ts', of: 'OldPage' },
    { file: 'flows/pages/new.ts', of: 'NewPage' },
    { file: 'flows/pages/lost.ts', of: 'LostPage' },
  ];
  const pages = new Map([
    ['old', 'OldPage'],
    ['fresh', 'NewPage'],
  ]);
  const [noRow, noPlace, ...others] = unbroken(files, pages, ['old']);
  assert.ok(
    noRow?.includes(
      'flows/pages/new.ts: nothing breaks app.fresh; add `fresh` to tests/journeys/breakages.ts',
    ),
    noRow,
  );
  assert.ok(
    noPlace?.includes('flows/pages/lost.ts: no property of App (flows/pages/app.ts) is its LostPage'),
    noPlace,
  );
  assert.deepEqual(others, []);
});
