/** What a journey clears away behind the pages is its own: on a shared target others do the same things meanwhile. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays } from '../../fixtures/data/dates.ts';
import { TargetApi } from '../../flows/pages/target-api.ts';
import { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';

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
    lookUntilFound: ApiBehindPage.prototype.lookUntilFound,
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
  assert.equal(await theirs.api.drafts.has(RANGE), false);
  await theirs.api.drafts.discard(RANGE);
  assert.deepEqual(theirs.removed, []);
});

test("the user's own draft is, also where the target does not tell who made it", async () => {
  for (const made of [{ created_by: 'me' }, { created_by_id: 'me' }, { created_by: null }, {}]) {
    const own = targetApi(
      drafts(draft('own', made), draft('other days', { ...made, target_end_date: '2027-02-14' })),
    );
    assert.equal(await own.api.drafts.has(RANGE), true);
    await own.api.drafts.discard(RANGE);
    assert.deepEqual(own.removed, ['/schedules/drafts/own']);
  }
});

test('a draft that comes only after a while is looked for again', async () => {
  const answers = drafts();
  const { api } = targetApi(answers);
  const found = api.drafts.hasLater(RANGE);
  assert.equal(await api.drafts.has(RANGE), false);
  answers['/schedules/drafts'].items.push(draft('own'));
  assert.equal(await found, true);
});

test('weeks to generate: those without a draft, and free those in which each resident is there on some day', async () => {
  const today = '2027-01-25';
  const blocks = Array.from({ length: 28 }, (_, index) => ({ date: addDays(RANGE.start, 7 + index) }));
  const [pending, absent, free, shared] = [7, 14, 21, 28].map((days) => ({
    start: addDays(RANGE.start, days),
    end: addDays(RANGE.start, days + 6),
  }));
  const row = (person_id: string, start_date = '', end_date = '') => ({ person_id, start_date, end_date });
  const { api, asked } = targetApi({
    ...drafts(draft('theirs', { target_start_date: pending?.start, target_end_date: pending?.end })),
    '/blocks': { items: blocks },
    '/people/residents': { items: [{ id: 'ann' }, { id: 'bo' }] },
    '/absences': {
      items: [
        row('ann', absent?.start, absent?.end),
        row('bo', free?.start, addDays(free?.start ?? '', 5)),
        row('faculty', free?.start, free?.end),
        // Two residents share the week: each is there on some day.
        row('ann', shared?.start, addDays(shared?.start ?? '', 3)),
        row('bo', addDays(shared?.start ?? '', 4), shared?.end),
      ],
    },
  });
  const found = await api.drafts.weeksToGenerate(today);
  assert.deepEqual(found, { weeks: [absent, free, shared], free: [free, shared] });
  assert.equal(await api.drafts.isResidentAbsentThroughout(absent ?? RANGE), true);
  assert.ok(asked.some((path) => path.includes(`start_date=${pending?.start}&end_date=${shared?.end}`)));
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
