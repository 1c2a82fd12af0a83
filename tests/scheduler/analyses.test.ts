/** Routes that work something out of the schedule: what they say must be what the rest of the API says. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { as, call, type List, token } from './running.ts';

const RANGE = { start_date: '2026-11-23', end_date: '2026-12-20' };
const QUERY = new URLSearchParams(RANGE).toString();

test('candidates for a swap are others’ assignments to come, the best match first; conflicts are what validation finds', async (t) => {
  const { ask } = await as(t, 'coordinator01');
  const [person] = (await ask<List>('GET', '/people/residents')).json.items;
  type Found = {
    candidates: Array<{ candidate_person_id: string; block_date: string; match_score: number }>;
  };
  const body = { person_id: person?.id, max_candidates: 20 };
  const { candidates } = (await ask<Found>('POST', '/schedule/swaps/candidates', body)).json;
  assert.equal(candidates.length, 20);
  const scores = candidates.map(({ match_score }) => match_score);
  assert.deepEqual(
    scores,
    [...scores].sort((a, b) => b - a),
  );
  assert.ok(scores.every((score) => score > 0 && score <= 1));
  for (const one of candidates) {
    assert.notEqual(one.candidate_person_id, person?.id);
    assert.ok(one.block_date >= RANGE.start_date);
  }
  const nobody = { person_id: '00000000-0000-4000-8000-000000000000' };
  assert.equal((await ask('POST', '/schedule/swaps/candidates', nobody)).status, 404);
  assert.equal((await ask('POST', '/schedule/swaps/candidates', { person_id: 'Ann' })).status, 400);

  type Validation = { violations: Array<{ type: string; person_id: string | null }> };
  const { violations } = (await ask<Validation>('GET', `/schedule/validate?${QUERY}`)).json;
  type Summary = { by_category: Record<string, number>; total_conflicts: number };
  const summary = (await ask<Summary>('GET', `/conflicts/analysis/summary?${QUERY}`)).json;
  assert.equal(summary.by_category.acgme ?? 0, violations.length);
  const analysis = (await ask<{ conflicts: unknown[] }>('GET', `/conflicts/analysis/analyze?${QUERY}`)).json;
  assert.equal(analysis.conflicts.length, summary.total_conflicts);
  const reversed = 'start_date=2026-12-20&end_date=2026-11-23';
  assert.equal((await ask('GET', `/conflicts/analysis/summary?${reversed}`)).status, 400);

  const asked = { resident_id: person?.id, schedule_start: RANGE.start_date, schedule_end: RANGE.end_date };
  const path = `/fatigue-risk/resident/${person?.id}/acgme-validation`;
  const hours = await ask('POST', path, asked);
  assert.match(`${hours.status} ${hours.json.detail}`, /^500 .*can't be used in 'await' expression/);
});

test('burn-out spreads with the number of those who have it; search fails but for assignments; exports are the admin’s', async (t) => {
  const { ask, api } = await as(t, 'admin01');
  const faculty = (await ask<List>('GET', '/people/faculty')).json.items.map(({ id }) => id);
  const rt = async (count: number) =>
    (
      await ask<{ rt: number }>('POST', '/resilience/burnout/rt', {
        burned_out_provider_ids: faculty.slice(0, count),
      })
    ).json.rt;
  const [none, one, four] = [await rt(0), await rt(1), await rt(4)];
  assert.ok(none === 0 && one > 0 && four > one, `${none}, ${one}, ${four}`);
  assert.equal((await ask('POST', '/resilience/burnout/rt', {})).status, 422);

  assert.equal((await ask('POST', '/search', { query: 'a' })).status, 500);
  const found = await ask('POST', '/search', { query: 'a', entity_types: ['assignment'] });
  assert.deepEqual([found.status, found.json.total], [200, 0]);

  const csv = await ask('GET', '/export/people');
  const people = (await ask<List>('GET', '/people')).json;
  assert.match(String(csv.headers.get('content-type')), /text\/csv/);
  assert.equal(csv.text.trim().split('\n').length, people.total + 1);
  const rows = await ask<unknown[]>('GET', '/export/people?format=json');
  assert.equal(rows.json.length, people.total);
  const other = { token: await token(api, 'coordinator01') };
  assert.equal((await call(`${api}/export/people`, 'GET', other)).status, 403);
});

test('swaps that wait for approval fail as on the real application, unknown ones are refused', async (t) => {
  const { ask } = await as(t, 'coordinator01');
  const nowhere = '/swaps/00000000-0000-4000-8000-000000000000';
  assert.equal((await ask('POST', `${nowhere}/approval`, { approved: true })).status, 404);
  assert.equal((await ask('POST', `${nowhere}/execute`)).status, 400);
  const [one, two] = (await ask<List>('GET', '/people/faculty')).json.items;
  const swap = { source_faculty_id: one?.id, target_faculty_id: two?.id, swap_type: 'absorb' };
  await ask('POST', '/swaps/execute', { ...swap, source_week: '2027-01-11' });
  const [known] = (await ask<List>('GET', '/swaps/history')).json.items;
  assert.equal((await ask('POST', `/swaps/${known?.id}/approval`, { approved: true })).status, 500);
  const again = await ask('POST', `/swaps/${known?.id}/execute`);
  assert.deepEqual([again.status, again.json.detail], [400, 'Swap must be approved before execution']);
});
