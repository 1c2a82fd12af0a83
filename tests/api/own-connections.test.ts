/** CONNECTIONS: users over HTTP share what is free, or each has connections of its own, gone with its session. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionsTo } from '../../api/client/connections.ts';
import { operation } from '../../api/operation.ts';
import { client, json, serve } from './server.ts';

const quick = operation({ name: 'quick', class: 'crud', method: 'GET', path: '/quick' });

test('five users, one after the other: they take what is free, or each its own and closes it', async (t) => {
  const open = new Set<object>();
  let opened = 0;
  const { apiUrl, server } = await serve(t, (_, response) => json(response, 200, {}));
  server.on('connection', (socket) => {
    opened += 1;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const dispatcher = connectionsTo(apiUrl);
  t.after(() => dispatcher.destroy());
  const fiveUsers = async (options: object) => {
    for (let n = 0; n < 5; n += 1) {
      const { api } = client(t, apiUrl, options);
      await api.request(quick);
      await api.close();
    }
  };
  await fiveUsers({ dispatcher });
  // undici lends a connection again a turn of the event loop after its answer: one at once opens another.
  const shared = opened;
  assert.ok(shared <= 2, `${shared} connections`);
  assert.equal(open.size, shared);
  await fiveUsers({});
  assert.equal(opened, shared + 5);
  while (open.size > shared) await new Promise((soon) => setImmediate(soon));
});
