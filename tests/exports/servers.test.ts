/** Each kind of server gets the rows in its own way; what it says against them is said, without what opened it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import protobuf from 'protobufjs';
import { uncompress } from 'snappyjs';
import { readEnvironment } from '../../config/environment.ts';
import { secretsOfServers, serverNamed } from '../../config/metric-servers.ts';
import type { ServerName } from '../../config/server-names.ts';
import { openServer } from '../../exports/open-server.ts';
import { row } from '../../exports/row.ts';
import { Refused } from '../../exports/server.ts';
import { type Answer, fakeServer } from './fake-server.ts';
import { WRITE_REQUEST } from './write-request.ts';

const T = 1_796_026_180_555;
const ROWS = [
  ...row('loadtest_figure', { run: 'a', name: 'sign in, twice=2' }, { p95: 0.1 + 0.2, n: 3 }, T),
  ...row('loadtest_second', { run: 'a' }, { users: 2 }, T + 1000),
  ...row('loadtest_second', { run: 'a' }, { users: 1 }, T),
];
const TAKEN: Answer = { status: 204 };

/** A server of this name behind a fake one. */
async function opened(name: ServerName, given: Record<string, string>, answer: Answer = TAKEN) {
  const fake = await fakeServer(() => answer);
  const address = { influxdb: 'INFLUX_URL', prometheus: 'PROMETHEUS_URL', otlp: 'OTLP_URL' }[name];
  const path = { influxdb: '', prometheus: '/api/v1/write', otlp: '/v1/metrics' }[name];
  const { metricServers } = readEnvironment({ [address]: fake.url + path, ...given });
  const server = await openServer(serverNamed(name, metricServers), secretsOfServers(metricServers));
  return { fake, server };
}

const LINES = [
  `loadtest_figure,name=sign\\ in\\,\\ twice\\=2,run=a n=3,p95=0.30000000000000004 ${T}`,
  `loadtest_second,run=a users=2 ${T + 1000}`,
  `loadtest_second,run=a users=1 ${T}`,
].join('\n');

test('InfluxDB 2 gets line protocol with full precision, in its bucket, with the token', async () => {
  const { fake, server } = await opened('influxdb', {
    INFLUX_BUCKET: 'load tests',
    INFLUX_ORG: 'ops',
    INFLUX_TOKEN: 'Tok-1',
  });
  await server.send(ROWS, 60_000);
  const [{ path, headers, body } = assert.fail('nothing came')] = fake.received;
  assert.equal(path, '/api/v2/write?org=ops&bucket=load%20tests&precision=ms');
  assert.equal(headers.authorization, 'Token Tok-1');
  assert.equal(body.toString(), LINES);
  assert.equal(server.where, `${fake.url}, bucket load tests`);
});

test('InfluxDB 1 gets the same at its own path, with name and password', async () => {
  const { fake, server } = await opened('influxdb', { INFLUX_DATABASE: 'perf', INFLUX_USER: 'ann:a:b' });
  await server.send(ROWS, 60_000);
  const [{ path, headers, body } = assert.fail('nothing came')] = fake.received;
  assert.equal(path, '/write?db=perf&precision=ms');
  assert.equal(headers.authorization, `Basic ${Buffer.from('ann:a:b').toString('base64')}`);
  assert.equal(body.toString(), LINES);
});

test('Prometheus gets each series once, its labels in order and its values in the order of time', async () => {
  const { fake, server } = await opened('prometheus', { PROMETHEUS_TOKEN: 'Tok-2' });
  await server.send(ROWS, 60_000);
  const [{ headers, body } = assert.fail('nothing came')] = fake.received;
  assert.equal(headers.authorization, 'Bearer Tok-2');
  assert.equal(headers['content-encoding'], 'snappy');
  const request = protobuf
    .parse(WRITE_REQUEST)
    .root.lookupType('WriteRequest')
    .decode(uncompress(new Uint8Array(body)));
  const { timeseries } = request.toJSON() as { timeseries: Array<{ labels: unknown; samples: unknown }> };
  assert.equal(timeseries.length, 3);
  assert.deepEqual(timeseries[0], {
    labels: [
      { name: '__name__', value: 'loadtest_figure_p95' },
      { name: 'name', value: 'sign in, twice=2' },
      { name: 'run', value: 'a' },
    ],
    samples: [{ value: 0.1 + 0.2, timestamp: String(T) }],
  });
  assert.deepEqual(timeseries[2]?.samples, [
    { value: 1, timestamp: String(T) },
    { value: 2, timestamp: String(T + 1000) },
  ]);
});

test('OpenTelemetry gets gauges of the same names, with the headers', async () => {
  const { fake, server } = await opened(
    'otlp',
    { OTLP_HEADERS: 'api-key=Key-3' },
    { status: 200, body: '{}' },
  );
  await server.send(ROWS, 60_000);
  const [{ path, headers, body } = assert.fail('nothing came')] = fake.received;
  assert.equal(path, '/v1/metrics');
  assert.equal(headers['api-key'], 'Key-3');
  const { metrics } = JSON.parse(body.toString()).resourceMetrics[0].scopeMetrics[0];
  assert.deepEqual(
    metrics.map(({ name }: { name: string }) => name),
    ['loadtest_figure_p95', 'loadtest_figure_n', 'loadtest_second_users'],
  );
  const [{ asDouble, timeUnixNano, attributes }] = metrics[0].gauge.dataPoints;
  assert.equal(asDouble, 0.1 + 0.2);
  assert.equal(timeUnixNano, `${T}000000`);
  assert.deepEqual(attributes[1], { key: 'name', value: { stringValue: 'sign in, twice=2' } });
});

test('OpenTelemetry: figures rejected with a good answer are a refusal', async () => {
  const body = '{"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"too old"}}';
  const { server } = await opened('otlp', {}, { status: 200, body });
  await assert.rejects(
    server.send(ROWS, 60_000),
    (error) =>
      error instanceof Refused && error.status === 400 && error.message === '2 values rejected: too old',
  );
});

const SETTINGS: Record<ServerName, Record<string, string>> = {
  influxdb: { INFLUX_BUCKET: 'b', INFLUX_TOKEN: 'Tok-Secret' },
  prometheus: { PROMETHEUS_TOKEN: 'Tok-Secret' },
  otlp: { OTLP_HEADERS: 'authorization=Tok-Secret' },
};

for (const name of ['influxdb', 'prometheus', 'otlp'] as const) {
  test(`${name}: a refusal has its status and what was said, without the secret that was repeated`, async () => {
    const { server } = await opened(name, SETTINGS[name], { status: 401, body: 'no rights:\nTok-Secret' });
    await assert.rejects(
      server.send(ROWS, 60_000),
      (error) => error instanceof Refused && error.status === 401 && error.message === 'no rights: …',
    );
  });

  test(`${name}: of a secret at the end of what is shown no part is left; it is asked again when it says`, async () => {
    const answer = { status: 429, body: `${'x'.repeat(296)}Tok-Secret`, headers: { 'retry-after': '30' } };
    const { server } = await opened(name, SETTINGS[name], answer);
    await assert.rejects(
      server.send(ROWS, 60_000),
      (error) => error instanceof Refused && error.retryAfter === 30_000 && !error.message.includes('To'),
    );
  });

  test(`${name}: no answer in time, and no server, have no status`, async () => {
    const { fake, server } = await opened(name, SETTINGS[name], { status: 0, hang: true });
    const isSilence = (error: unknown) => error instanceof Refused && error.status === undefined;
    await assert.rejects(server.send(ROWS, 200), isSilence);
    await fake.close();
    await assert.rejects(server.send(ROWS, 200), isSilence);
  });
}
