/** Prometheus endpoints are read from the beginning of a run to its end, and what goes wrong is written down. */
import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { MetricsEndpoint } from '../../config/metrics-endpoints.ts';
import type { Sample, ScrapeSample } from '../../measure/run/samples.ts';
import { endpointFacts, MetricsWatch } from '../../measure/target/metrics/watch.ts';

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const endpoint = (url: string, changes: Partial<MetricsEndpoint> = {}): MetricsEndpoint => ({
  name: 'machine',
  url,
  kind: 'node',
  every: 0.05,
  timeout: 5,
  only: {},
  ...changes,
});

/** Reads until there are this many samples of each, then stops. */
async function watched(endpoints: MetricsEndpoint[], least: number, apiUrl = 'http://127.0.0.1:9/api/v1') {
  const samples: ScrapeSample[] = [];
  let enough: () => void = () => undefined;
  const there = new Promise<void>((done) => {
    enough = done;
  });
  const recorder = {
    write(sample: Sample) {
      assert.ok(sample.kind === 'scrape');
      samples.push(sample);
      if (endpoints.every(({ name }) => samples.filter((one) => one.name === name).length >= least)) enough();
    },
  };
  const watch = new MetricsWatch(recorder, endpoints, { apiUrl, insecureTls: false });
  await there;
  await watch.stop();
  const { length } = samples;
  return { samples, stopped: () => samples.length === length };
}

test('an endpoint behind the pages’ door gets its credentials; a token of its own wins', async (t) => {
  const sent: unknown[] = [];
  const url = await serve(t, ({ headers }, response) => {
    sent.push(headers.authorization);
    response.end('node_load1 1\n');
  });
  const basicAuth = { username: 'me', password: 'Door-Pass-1' };
  await watched([endpoint(url, { basicAuth })], 1);
  assert.equal(sent[0], `Basic ${Buffer.from('me:Door-Pass-1').toString('base64')}`);
  sent.length = 0;
  await watched([endpoint(url, { basicAuth, bearer: 'Token-1' })], 1);
  assert.equal(sent[0], 'Bearer Token-1');
});

test('an endpoint is read at once, again and again, and as it is at the end; a failure is a sample, and passes', async (t) => {
  let asked = 0;
  const accepts = new Set<string | undefined>();
  const url = await serve(t, (request, response) => {
    asked += 1;
    accepts.add(request.headers.accept);
    if (asked === 2) response.writeHead(503).end('busy');
    else
      response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(`node_load1 ${asked}\n`);
  });
  const { samples, stopped } = await watched([endpoint(`${url}/metrics`)], 3);
  assert.deepEqual(
    samples.slice(0, 3).map(({ figures, error }) => figures ?? error),
    [{ load1: 1 }, 'answer 503', { load1: 3 }],
  );
  assert.ok(samples.every(({ t: at, ms }) => at > 0 && ms >= 0));
  assert.match([...accepts].join(), /^text\/plain;version=0\.0\.4;q=1,application\/openmetrics-text/);
  assert.ok(stopped());
});

test('a run that is shorter than a period has two scrapes: rates need them', async (t) => {
  let asked = 0;
  const url = await serve(t, (_request, response) => {
    asked += 1;
    response.end(`process_cpu_seconds_total ${asked}\n`);
  });
  const { samples } = await watched([endpoint(url, { kind: 'application', every: 300, timeout: 5 })], 1);
  assert.equal(samples.length, 2);
  assert.ok((samples[1]?.figures?.cpu ?? 0) > 0);
});

test('each kind of failure says what it is; a hanging endpoint holds up no other', async (t) => {
  const secret = 'Secret-1';
  let redirected = false;
  const url = await serve(t, (request, response) => {
    if (request.url === '/hangs') return;
    if (request.url === '/elsewhere') redirected = true;
    if (request.url === '/moved') response.writeHead(302, { location: '/elsewhere' }).end();
    else if (request.url === '/page') response.end('<!doctype html>\n');
    else if (request.url === '/cut') response.end('node_load1 1');
    else if (request.url === '/open')
      response
        .writeHead(200, { 'content-type': 'application/openmetrics-text; version=1.0.0' })
        .end('node_load1 4 1.5\n# EOF\n');
    else if (request.url === '/token' && request.headers.authorization !== `Bearer ${secret}`)
      response.writeHead(401).end();
    else response.end('node_load1 1\n');
  });
  const names = ['hangs', 'moved', 'page', 'cut', 'open', 'token', 'fine'];
  const all = names.map((name) =>
    endpoint(`${url}/${name}`, { name, bearer: name === 'token' ? secret : undefined, timeout: 0.5 }),
  );
  const refused = endpoint('http://127.0.0.1:1/metrics', { name: 'refused', timeout: 0.5 });
  const denied = endpoint(`${url}/token`, { name: 'denied', timeout: 0.5 });
  const { samples } = await watched([...all, refused, denied], 1);
  const first = (name: string) => {
    const one = samples.find((sample) => sample.name === name);
    return one?.error ?? one?.figures?.load1;
  };
  assert.equal(first('hangs'), 'no answer within 0.5 s');
  assert.equal(first('moved'), 'answer 302');
  assert.match(String(first('page')), /^line 1: no name of a metric: <!doctype html>$/);
  assert.match(String(first('cut')), /^cut off/);
  assert.equal(first('open'), 4);
  assert.equal(first('token'), 1);
  assert.equal(first('denied'), 'answer 401');
  assert.equal(first('refused'), 'ECONNREFUSED');
  assert.ok(samples.filter(({ name }) => name === 'fine').length > 2, 'while another hung');
  assert.ok(!redirected, 'a redirect is not followed');
  assert.ok(!JSON.stringify(samples).includes(secret));
});

test('run.json names the endpoints, their figures and units, without query and token; a path is at the API’s host', () => {
  const [facts] = endpointFacts(
    [endpoint('/metrics?collect[]=cpu', { bearer: 'Secret-1' })],
    'http://h:8000/api/v1',
  );
  assert.equal(facts?.url, 'http://h:8000/metrics');
  assert.deepEqual(
    facts?.figures.map(({ key, unit }) => `${key} ${unit}`),
    ['cpu %', 'memoryAvailable MiB', 'load1 1'],
  );
  assert.ok(!JSON.stringify(facts).includes('Secret-1'));
});
