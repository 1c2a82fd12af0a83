import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EndedRequests } from '../../api/worker/messages.ts';
import { RequestTally } from '../../api/worker/request-tally.ts';
import { reportRequests } from '../../artillery/engine/report-requests.ts';

test('Artillery hears of each request once: counts in one word each, every time by its operation', () => {
  const tally = new RequestTally();
  assert.equal(tally.take(), undefined);
  const ended: Array<[name: string, status: number, value: number]> = [
    ['people.list', 200, 12.5],
    ['people.read', 404, 3],
    ['people.list', 200, 14],
    ['people.list', 0, 30_000],
  ];
  for (const [name, status, value] of ended) tally.add({ name, status, value });
  const heard: unknown[] = [];
  reportRequests({ emit: (...words) => heard.push(words) }, tally.take() as EndedRequests);
  assert.deepEqual(heard, [
    ['counter', 'api.requests', 4],
    ['counter', 'api.codes.0', 1],
    ['counter', 'api.codes.200', 2],
    ['counter', 'api.codes.404', 1],
    ['histogram', 'api.response_time.people.list', 12.5],
    ['histogram', 'api.response_time.people.list', 14],
    ['histogram', 'api.response_time.people.list', 30_000],
    ['histogram', 'api.response_time.people.read', 3],
  ]);
  assert.equal(tally.take(), undefined, 'reported once');
});
