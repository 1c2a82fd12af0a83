/** https://www.w3.org/TR/trace-context-1/#traceparent-header: 2, 32, 16 and 2 lower-case digits, ids not all zeros. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newRequestId } from '../../api/client/trace-context.ts';
import { operation } from '../../api/operation.ts';
import { client, json, serve } from './server.ts';

const FORM = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-01$/;
const quick = operation({ name: 'quick', class: 'crud', method: 'GET', path: '/quick' });
const plain = (id: string | undefined) => id?.replaceAll('-', '');

test('a traceparent has the form of the standard, and each request its own ids', () => {
  const ids = Array.from({ length: 1000 }, () => newRequestId());
  for (const { traceparent, requestId } of ids) {
    assert.match(traceparent, FORM);
    // RFC 9562: version 4, variant 10.
    assert.match(requestId, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.equal(traceparent.split('-')[1], plain(requestId));
  }
  for (const part of [1, 2])
    assert.equal(new Set(ids.map(({ traceparent }) => traceparent.split('-')[part])).size, 1000);
});

test('the trace id that was sent is the request id of the sample, also when no answer came', async (t) => {
  const { apiUrl, received } = await serve(t, ({ url, headers }, response) => {
    if (url.endsWith('/drop')) response.socket?.destroy();
    else json(response, 200, {}, { 'x-request-id': headers['x-request-id'] });
  });
  const { api, requests } = client(t, apiUrl);
  await api.request(quick);
  await api.request(quick);
  await api.request({ ...quick, path: '/drop' }, { mayFail: true });
  // The dropped one met a reused connection: it was sent again, and is the same request.
  assert.equal(received.length, 4);
  const sent = [...new Set(received.map(({ headers }) => String(headers.traceparent)))];
  assert.equal(sent.length, 3);
  for (const header of sent) assert.match(header, FORM);
  assert.deepEqual(
    sent.map((header) => header.split('-')[1]),
    requests().map(({ requestId }) => plain(requestId)),
  );
  for (const sample of requests())
    assert.equal(sample.traceId, undefined, 'the same id is not written twice');
});

test('where the target gives a request another id, or the caller sets a trace, the trace id is in the sample', async (t) => {
  const { apiUrl, received } = await serve(t, (_, response) =>
    json(response, 200, {}, { 'x-request-id': 'by-the-proxy' }),
  );
  const { api, requests } = client(t, apiUrl);
  await api.request(quick);
  const own = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
  await api.request(quick, { headers: { Traceparent: own } });
  const [named, traced] = requests();
  assert.equal(named?.requestId, 'by-the-proxy');
  assert.equal(named?.traceId, String(received[0]?.headers.traceparent).split('-')[1]);
  assert.equal(received[1]?.headers.traceparent, own);
  assert.equal(traced?.traceId, '4bf92f3577b34da6a3ce929d0e0e4736');
});
