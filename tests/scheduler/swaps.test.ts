import assert from 'node:assert/strict';
import { test } from 'node:test';
import { as, call, type List, token } from './running.ts';

interface MySchedule {
  fmit_weeks: Array<{ week_start: string; can_request_swap: boolean }>;
}

test('a swap request stands once a week, reaches the colleague, and can be accepted', async (t) => {
  const { ask, api } = await as(t, 'faculty02');
  const colleagues = (await ask<List>('GET', '/people/faculty')).json.items;
  const target = colleagues.find(({ email }) => email === 'faculty03@example.com')?.id;
  const weeks = async () =>
    (await ask<MySchedule>('GET', '/portal/my/schedule')).json.fmit_weeks.filter(
      (week) => week.can_request_swap,
    );
  const before = await weeks();
  const week = before[0]?.week_start;
  const body = { week_to_offload: week, preferred_target_faculty_id: target, auto_find_candidates: false };
  const made = await ask('POST', '/portal/my/swaps', body);
  assert.deepEqual([made.status, made.json.success], [200, true]);
  assert.equal((await ask('POST', '/portal/my/swaps', body)).status, 400);
  assert.equal((await weeks()).length, before.length - 1);

  const other = { token: await token(api, 'faculty03') };
  type Mine = { incoming_requests: Array<{ id: string; other_faculty_name: string }> };
  const incoming = (await call<Mine>(`${api}/portal/my/swaps`, 'GET', other)).json.incoming_requests;
  assert.deepEqual(
    incoming.map(({ other_faculty_name }) => other_faculty_name),
    ['Dr Faculty 02'],
  );
  const path = `${api}/portal/my/swaps/${made.json.request_id}/respond`;
  const answer = await call(path, 'POST', { ...other, body: { accept: true } });
  assert.equal(answer.json.status, 'approved');
  assert.equal(
    (await ask('POST', '/portal/my/swaps', { ...body, week_to_offload: '2026-12-15' })).status,
    400,
  );
});

test('executing a swap fails when validation passes, as on the real application', async (t) => {
  const { ask } = await as(t, 'admin01');
  const [one, , three] = (await ask<List>('GET', '/people/faculty')).json.items;
  const swap = { source_faculty_id: one?.id, target_faculty_id: three?.id, swap_type: 'absorb', reason: 'r' };
  const future = { ...swap, source_week: '2027-01-11' };
  assert.equal((await ask('POST', '/swaps/validate', future)).json.valid, true);
  const failed = await ask('POST', '/swaps/execute', future);
  assert.equal(failed.status, 500);
  assert.match(String(failed.json.detail), /ExecutionResult can't be used in 'await'/);
  // The error comes after the commit: the swap is on record, and cannot be rolled back.
  const [executed] = (await ask<List>('GET', '/swaps/history?status=executed')).json.items;
  assert.deepEqual([executed?.reason, executed?.source_week], ['r', '2027-01-11']);
  const back = await ask('POST', `/swaps/${executed?.id}/rollback`, { reason: 'it was a mistake' });
  assert.equal(back.status, 500);
  const past = await ask('POST', '/swaps/execute', { ...swap, source_week: '2026-11-02' });
  assert.deepEqual([past.status, past.json.success], [200, false]);
  assert.equal((await ask('POST', '/swaps/validate', { ...future, reason: '' })).status, 422);
});

test('outside of debug mode an unhandled error says nothing, and one that the application words itself the same', async (t) => {
  for (const [name, value] of [
    ['SCHEDULER_DEBUG', 'off'],
    ['SCHEDULER_RATE_LIMITS', 'on'],
  ] as const) {
    const { ask } = await as(t, 'admin01', { [name]: value });
    const hidden = await ask('GET', '/schedule/constraints');
    assert.deepEqual(
      [hidden.status, hidden.text],
      [500, '{"detail":"An internal error occurred. Please try again later."}'],
    );
    const worded = await ask('POST', '/search', { query: 'a' });
    assert.deepEqual([worded.status, worded.json.detail], [500, 'Search failed']);
  }
});
