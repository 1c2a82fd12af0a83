/** What a journey clears away behind the pages is its own: on a shared target others do the same things meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TargetApi } from '../../flows/pages/target-api.ts';
import type { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';

/** Answers by the path without its query; notes what was asked for and removed. */
function targetApi(answers: Record<string, unknown>, keeps = false) {
  const asked: string[] = [];
  const removed: string[] = [];
  const api = {
    get: async (path: string) => {
      asked.push(path);
      const answer = answers[path.split('?')[0] ?? ''] as { items?: Array<{ id: string }> };
      const isThere = ({ id }: { id: string }) => !removed.some((one) => one.endsWith(`/${id}`));
      return keeps || !answer.items ? answer : { ...answer, items: answer.items.filter(isThere) };
    },
    remove: async (path: string) => void removed.push(path),
  };
  return { api: new TargetApi(api as unknown as ApiBehindPage), asked, removed };
}

const RANGE = { start: '2027-02-01', end: '2027-02-07' };
const draft = (id: string, more: object = {}) => ({
  id,
  status: 'draft',
  target_start_date: RANGE.start,
  target_end_date: RANGE.end,
  ...more,
});
const drafts = (...items: object[]) => ({ '/schedules/drafts': { items }, '/auth/me': { id: 'me' } });

test("a colleague's draft over the same days is neither taken for the user's nor discarded", async () => {
  const theirs = targetApi(drafts(draft('theirs', { created_by: 'colleague' })));
  assert.equal(await theirs.api.hasDraft(RANGE), false);
  await theirs.api.discardDraft(RANGE);
  assert.deepEqual(theirs.removed, []);
});

test("the user's own draft is, also where the target does not tell who made it", async () => {
  for (const made of [{ created_by: 'me' }, { created_by_id: 'me' }, { created_by: null }, {}]) {
    const own = targetApi(
      drafts(draft('own', made), draft('other days', { ...made, target_end_date: '2027-02-14' })),
    );
    assert.equal(await own.api.hasDraft(RANGE), true);
    await own.api.discardDraft(RANGE);
    assert.deepEqual(own.removed, ['/schedules/drafts/own']);
  }
});

test('of the calls of a day only those of the person chosen are taken back', async () => {
  const items = [
    { id: 'ours', date: '2027-03-01', person_id: 'ann' },
    { id: 'theirs', date: '2027-03-01', person_id: 'bob' },
  ];
  const calls = targetApi({ '/call-assignments': { items, total: 2 } });
  await calls.api.removeCallOf('ann', '2027-03-01');
  assert.deepEqual(calls.removed, ['/call-assignments/ours']);
});

test('an absence is looked for among those of its days: a long list has more pages than one', async () => {
  const items = [
    { id: 'ours', notes: 'perf-r-b1-absence1 (changed)' },
    { id: 'theirs', notes: 'holiday' },
    { id: 'none', notes: null },
  ];
  const list = targetApi({ '/absences': { items, total: 3 } });
  await list.api.removeAbsence({
    type: 'vacation',
    startDate: '2027-03-01',
    endDate: '2027-03-03',
    notes: 'perf-r-b1-absence1',
  });
  assert.deepEqual(list.removed, ['/absences/ours']);
  assert.match(list.asked[0] ?? '', /start_date=2027-03-01&end_date=2027-03-03/);
});

test('a list of a hundred absences shows no further one', async () => {
  assert.equal(await targetApi({ '/absences': { total: 99 } }).api.isAbsenceListed(), true);
  assert.equal(await targetApi({ '/absences': { total: 100 } }).api.isAbsenceListed(), false);
});

test('a removal that is acknowledged and not carried out is an error, so that what is left is named', async () => {
  const items = [{ id: 'ours', name: 'Perf Ann' }];
  const kept = targetApi({ '/people': { items } }, true);
  await assert.rejects(kept.api.removePerson('Perf Ann'), /1 of \/people are still there/);
});
