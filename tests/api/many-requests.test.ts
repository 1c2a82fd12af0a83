/** Lists that come in pages, and many requests at a time. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inBatches } from '../../api/client/batches.ts';
import { allOf, pagesOf } from '../../api/client/pages.ts';
import { operation } from '../../api/operation.ts';
import * as assignments from '../../api/operations/assignments.ts';
import * as calls from '../../api/operations/call-assignments.ts';
import { client, json, serve } from './server.ts';

const rows = (count: number) => Array.from({ length: count }, (_, index) => ({ id: `r${index}` }));
const read = async <T>(all: AsyncIterable<T>) => {
  const list: T[] = [];
  for await (const one of all) list.push(one);
  return list;
};

/** A list of this many rows, paged by each style of the contract. */
const paged = (count: number) => (url: string) => {
  const query = new URL(url, 'http://x').searchParams;
  const of = (...names: string[]) =>
    Number(names.map((name) => query.get(name)).find((value) => value !== null));
  const size = of('page_size', 'pageSize', 'limit');
  const from = query.has('page') ? (of('page') - 1) * size : of('skip', 'offset');
  return { items: rows(count).slice(from, from + size), total: count };
};

test('all pages come in order, by each style, and none is asked for after the last', async (t) => {
  const answer = paged(7);
  const { apiUrl, received } = await serve(t, ({ url }, response) => json(response, 200, answer(url)));
  const { api } = client(t, apiUrl);
  const list = operation({ ...assignments.list, response: undefined }) as unknown as typeof assignments.list;
  for (const by of ['page', 'pageSize', 'skip', 'offset'] as const) {
    const all = await read(allOf(api, list, { size: 3, by, query: { start_date: '2026-11-26' } }));
    assert.deepEqual(all, rows(7), by);
  }
  assert.deepEqual(
    received.slice(0, 3).map(({ url }) => url.split('?')[1]),
    [1, 2, 3].map((page) => `start_date=2026-11-26&page=${page}&page_size=3`),
  );
  assert.equal(received[9]?.url.split('?')[1], 'start_date=2026-11-26&offset=0&limit=3');
  assert.equal(received.length, 12);
});

test('an empty list is one page; rows that went meanwhile end it; a list that is not paged so is reported', async (t) => {
  const answers = [
    { items: [], total: 0 },
    { items: rows(2), total: 4 },
    { items: [], total: 4 },
  ];
  const { apiUrl } = await serve(t, (_, response) =>
    json(response, 200, answers.shift() ?? { items: rows(9), total: 9 }),
  );
  const { api } = client(t, apiUrl);
  const list = operation({ ...calls.list, response: undefined }) as unknown as typeof calls.list;
  assert.equal((await read(pagesOf(api, list, { size: 2, by: 'skip' }))).length, 1);
  assert.equal((await read(allOf(api, list, { size: 2, by: 'skip' }))).length, 2);
  await assert.rejects(
    read(allOf(api, list, { size: 2 })),
    /a page of 2 came with 9 rows: is it paged by page\?/,
  );
});

test('a list that does not say how many rows it has fails by name, and is not asked for without end', async (t) => {
  const { apiUrl, received } = await serve(t, (_, response) => json(response, 200, { items: rows(2) }));
  const { api } = client(t, apiUrl);
  const list = operation({ ...calls.list, response: undefined }) as unknown as typeof calls.list;
  await assert.rejects(read(allOf(api, list, { size: 2 })), /^Error: calls\.list: a list without its number/);
  assert.equal(received.length, 1);
});

test('no more at a time than asked for, results in order, failures among them', async () => {
  let now = 0;
  let most = 0;
  const results = await inBatches(
    [30, 1, 20, 1, 10],
    async (ms, index) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((done) => setTimeout(done, ms));
      now -= 1;
      if (index === 2) throw new Error('the third');
      return index;
    },
    { atATime: 2 },
  );
  assert.equal(most, 2);
  assert.deepEqual(
    results.map((result) =>
      result.status === 'fulfilled' ? result.value : (result.reason as Error).message,
    ),
    [0, 1, 'the third', 3, 4],
  );
});

test('stopping at the first failure begins nothing after it, and waits for what is under way', async () => {
  const begun: number[] = [];
  const ended: number[] = [];
  const work = async (index: number) => {
    begun.push(index);
    if (index === 1) throw new Error('the second');
    await new Promise((done) => setTimeout(done, 10));
    ended.push(index);
  };
  const options = { atATime: 2, stopAtFailure: true };
  await assert.rejects(inBatches([0, 1, 2, 3], work, options), /the second/);
  assert.deepEqual([begun, ended], [[0, 1], [0]]);
  await assert.rejects(inBatches([1], work, { atATime: 0 }), /a whole number of 1 or more/);
});
