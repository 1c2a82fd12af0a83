/** A server that is away while a run goes on costs a line, and nothing waits for it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pusher } from '../../exports/live/pusher.ts';
import { row } from '../../exports/row.ts';
import { Refused, type Server } from '../../exports/server.ts';

const rows = (users: number) => row('loadtest_live', { provisional: 'true' }, { users }, users);
const ABOUT = {
  where: 'http://127.0.0.1:1',
  variables: { address: 'INFLUX_URL', access: 'INFLUX_TOKEN' },
};

test('one line when it goes away, one when it is back; what it missed is left out', async () => {
  const taken: number[] = [];
  let isAway = false;
  const server: Server = {
    ...ABOUT,
    async send([first]) {
      if (isAway) throw new Refused('no answer (ECONNREFUSED)');
      taken.push(first?.fields.users ?? 0);
    },
  };
  const lines: string[] = [];
  const pusher = new Pusher(server, (line) => lines.push(line));
  for (const [users, away] of [
    [1, false],
    [2, true],
    [3, true],
    [4, false],
  ] as const) {
    isAway = away;
    pusher.push(rows(users));
    await pusher.settled();
  }
  assert.deepEqual(taken, [1, 4]);
  assert.deepEqual(lines, [
    'http://127.0.0.1:1: no answer (ECONNREFUSED); live figures are left out, the run goes on. Start it, or correct INFLUX_URL.',
    'http://127.0.0.1:1: takes live figures again',
  ]);
});

test('while it is slow new rows are left out: they do not pile up', async () => {
  const taken: number[] = [];
  let answer = () => {};
  const server: Server = {
    ...ABOUT,
    send([first]) {
      taken.push(first?.fields.users ?? 0);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
  };
  const pusher = new Pusher(server, () => assert.fail('nothing went wrong'));
  for (let users = 1; users <= 50; users += 1) pusher.push(rows(users));
  answer();
  await pusher.settled();
  pusher.push(rows(51));
  answer();
  await pusher.settled();
  assert.deepEqual(taken, [1, 51]);
});
