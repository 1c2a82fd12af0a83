/** A reused connection that the server closes as the next request comes: sent again where a browser would. */
import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { test } from 'node:test';
import { operation } from '../../api/operation.ts';
import { client, json, serve } from './server.ts';

const of = (method: 'GET' | 'PUT' | 'DELETE' | 'POST' | 'PATCH') =>
  operation({ name: method, class: 'crud', method, path: '/thing' });

for (const method of ['GET', 'PUT', 'DELETE'] as const) {
  test(`${method} is sent once more on a new connection, and is one sample that says so`, async (t) => {
    let last: object | undefined;
    let closed = 0;
    const { apiUrl, received } = await serve(t, (request, response) => {
      // The first request of a connection is answered, a second one never.
      const { socket } = response;
      if (socket && socket === last) {
        closed += 1;
        setTimeout(() => socket.destroy(), 40);
      } else {
        last = socket ?? undefined;
        setTimeout(() => json(response, 200, { url: request.url }), 20);
      }
    });
    const { api, requests } = client(t, apiUrl);
    await api.request(of(method));
    await new Promise((soon) => setTimeout(soon, 20));
    await api.request(of(method));
    assert.equal(closed, 1);
    assert.equal(received.length, 3);
    assert.deepEqual(
      requests().map(({ ok, resent, attempt }) => [ok, resent, attempt]),
      [
        [true, undefined, 1],
        [true, true, 1],
      ],
    );
    const [, again] = requests();
    assert.ok((again?.value ?? 0) >= 58, 'the whole wait of its user');
    assert.equal(received[1]?.headers['x-request-id'], received[2]?.headers['x-request-id']);
  });
}

for (const method of ['POST', 'PATCH'] as const) {
  test(`${method} is not sent again: it fails under its own name`, async (t) => {
    let answered = 0;
    const { apiUrl, received } = await serve(t, (_, response) => {
      answered += 1;
      if (answered === 2) response.socket?.destroy();
      else json(response, 200, {});
    });
    const { api, requests } = client(t, apiUrl);
    await api.request(of('GET'));
    await new Promise((soon) => setTimeout(soon, 20));
    await assert.rejects(api.request(of(method)), /reused connection closed before an answer began/);
    assert.equal(received.length, 2);
    assert.deepEqual([requests()[1]?.resent, requests()[1]?.errorKind], [undefined, 'connection-reset']);
  });
}

test('a new connection that is closed, and an answer that breaks off, are failures of the target', async (t) => {
  let breaksOff = false;
  const { apiUrl, received } = await serve(t, (_, response) => {
    if (breaksOff) response.writeHead(200, { 'content-length': '100' }).write('{"a":');
    setTimeout(() => response.socket?.destroy(), 5);
  });
  const { api, requests } = client(t, apiUrl);
  await assert.rejects(api.request(of('GET')), /connection closed before the answer was complete/);
  breaksOff = true;
  await assert.rejects(api.request(of('GET')), /connection closed before the answer was complete/);
  assert.equal(received.length, 2);
  assert.ok(requests().every(({ resent }) => resent === undefined));
});

for (const [what, begin] of [
  ['a first byte', (response) => response.writeHead(200, { 'content-length': '100' }).write('{"a":')],
  ['an interim answer', (response) => response.writeProcessing()],
] satisfies Array<[what: string, begin: (response: ServerResponse) => void]>) {
  test(`a reused connection that is closed after ${what} is a failure: the request was read`, async (t) => {
    let answered = 0;
    const { apiUrl, received } = await serve(t, (_, response) => {
      answered += 1;
      if (answered === 1) return json(response, 200, {});
      begin(response);
      setTimeout(() => response.socket?.destroy(), 20);
    });
    const { api, requests } = client(t, apiUrl);
    await api.request(of('GET'));
    await new Promise((soon) => setTimeout(soon, 20));
    await assert.rejects(api.request(of('GET')), /connection closed before the answer was complete/);
    assert.equal(received.length, 2);
    assert.equal(requests()[1]?.resent, undefined);
  });
}

test('a target that closes again has failed: there is no third time', async (t) => {
  let first = true;
  const { apiUrl, received } = await serve(t, (_, response) => {
    if (first) json(response, 200, {});
    else response.socket?.destroy();
    first = false;
  });
  const { api, requests } = client(t, apiUrl);
  await api.request(of('GET'));
  await new Promise((soon) => setTimeout(soon, 20));
  await assert.rejects(api.request(of('GET')), /connection closed before the answer was complete/);
  assert.equal(received.length, 3);
  assert.deepEqual([requests()[1]?.ok, requests()[1]?.resent], [false, true]);
});
