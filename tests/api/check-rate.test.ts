/** CHECK_RATE: how many answers are compared with their schema, and that nobody need guess how many it was. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CheckRate } from '../../api/client/check-rate.ts';
import * as people from '../../api/operations/people.ts';
import { client, json, serve } from './server.ts';

/** Asks for `rate` answers of one operation in each of `seconds`, evenly spread; gives how many were checked in each. */
function checksASecond(setting: 'auto' | number, rates: number[]): number[] {
  let now = 0;
  const rate = new CheckRate(setting, () => now);
  return rates.map((answers, second) => {
    let checked = 0;
    for (let index = 0; index < answers; index += 1) {
      now = second * 1000 + (index * 1000) / answers;
      if (rate.takes('people.list')) checked += 1;
    }
    return checked;
  });
}

test('auto checks every answer up to 50 a second, and about 50 of them above', () => {
  assert.deepEqual(checksASecond('auto', [50, 30, 50, 1]), [50, 30, 50, 1]);
  const [, ...steady] = checksASecond('auto', [1000, 1000, 1000, 1000]);
  for (const checked of steady) assert.ok(checked >= 49 && checked <= 51, `${checked} a second`);
  const [, sudden, after] = checksASecond('auto', [10, 2000, 10, 10]);
  assert.ok((sudden ?? 0) < 300, `a burst: ${sudden} checks`);
  assert.ok((after ?? 99) <= 10);
  assert.equal(checksASecond('auto', [2000, 0, 40])[2], 40, 'after a pause all are checked again');
});

test('a share is kept exactly, and the first three answers of each operation come on top', () => {
  assert.deepEqual(checksASecond(0.1, [1000]), [103]);
  assert.deepEqual(checksASecond(0, [1000]), [3]);
  assert.deepEqual(checksASecond(1, [1000]), [1000]);
  const rate = new CheckRate(0);
  const told = ['a', 'a', 'a', 'a', 'b'].map((name) => rate.takes(name));
  assert.deepEqual(told, [true, true, true, false, true]);
});

test('the sample tells whether the answer was checked; one that was passed over is no failed check', async (t) => {
  const { apiUrl } = await serve(t, ({ method }, response) =>
    method === 'DELETE' ? response.writeHead(204).end() : json(response, 200, { items: 'none' }),
  );
  const { api, checks, requests } = client(t, apiUrl, { checkRate: new CheckRate(0) });
  for (let index = 0; index < 5; index += 1) await api.request(people.list);
  await api.request(people.remove, { params: { id: 'p1' } });
  assert.deepEqual(
    requests().map(({ checked }) => checked),
    [true, true, true, false, false, undefined],
  );
  assert.equal(checks().length, 3);
});

test('that an answer is no JSON is seen at any rate: nobody could go on with it', async (t) => {
  for (const type of ['text/html', 'application/json']) {
    const { apiUrl } = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-type': type }).end('<html>a proxy</html>');
    });
    const { api } = client(t, apiUrl, { checkRate: new CheckRate(0) });
    for (let index = 0; index < 5; index += 1)
      await assert.rejects(api.request(people.list), /the answer is not JSON/);
  }
});
