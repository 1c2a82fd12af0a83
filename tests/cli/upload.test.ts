/** `npx loadtest upload`: what a user sees of it, and how it exits. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { healthySamples, runDirectory, runJson } from '../analysis/synthetic-run.ts';
import { type Answer, fakeServer } from '../exports/fake-server.ts';
import { explained } from './in-process.ts';

const run = runDirectory(runJson(), healthySamples());
const { summary } = await conclude(run);
const NOTE = join(run, 'upload.json');
beforeEach(() => rmSync(NOTE, { force: true }));

const TAKEN: Answer = { status: 204 };
const influx = (url: string) => ({ INFLUX_URL: url, INFLUX_BUCKET: 'loadtest', INFLUX_TOKEN: 'Tok-Secret' });
const upload = (words: readonly string[], settings: Record<string, string>) =>
  explained(['upload', run, ...words], settings);

test('all figures arrive, the note says so, and the second time nothing is sent', async () => {
  const { url, received } = await fakeServer(() => TAKEN);
  const { code, said } = await upload(['--to', 'influxdb'], influx(url));
  assert.equal(code, 0, said);
  assert.match(said, /, bucket loadtest: (\d+) of \1 rows of .* are there\n$/);
  const lines = received.flatMap(({ body }) => body.toString().split('\n'));
  assert.equal(new Set(lines).size, lines.length);
  const figures = lines.filter((line) => line.startsWith('loadtest_figure,'));
  assert.equal(figures.length, Object.keys(summary.metrics).length);
  const requests = received.length;
  assert.match((await upload(['--to', 'influxdb'], influx(url))).said, /has all \d+ rows already/);
  assert.equal(received.length, requests);
  await upload(['--to', 'influxdb', '--again'], influx(url));
  assert.equal(received.length, 2 * requests);
});

test('a refusal: server, what it said, what to do, exit code 2, and no token anywhere', async () => {
  const { url } = await fakeServer(() => ({ status: 401, body: 'Tok-Secret is unknown' }));
  const { code, said } = await upload(['--to', 'influxdb'], influx(url));
  assert.equal(code, 2);
  assert.match(
    said,
    /bucket loadtest: answered 401: … is unknown \(0 of \d+ rows are there\)\. Set INFLUX_TOKEN/,
  );
  assert.doesNotMatch(said, /Tok-Secret/);
});

test('one server fails, the other gets all; the exit code says so, and the next time only the first is sent to', async () => {
  let isOpen = false;
  const first = await fakeServer((_, number) =>
    isOpen || number === 1 ? TAKEN : { status: 400, body: 'full' },
  );
  const second = await fakeServer(() => TAKEN);
  const settings = { ...influx(first.url), PROMETHEUS_URL: `${second.url}/api/v1/write` };
  const words = ['--to', 'influxdb', '--to', 'prometheus'];
  const { code, said } = await upload(words, settings);
  const isSmall = first.received.length === 1;
  assert.equal(code, isSmall ? 0 : 1, said);
  assert.ok(second.received.length > 0);
  isOpen = true;
  const [before, other] = [first.received.length, second.received.length];
  assert.equal((await upload(words, settings)).code, 0);
  assert.equal(second.received.length, other);
  assert.equal(first.received.length > before, !isSmall);
  assert.ok(existsSync(NOTE));
  assert.doesNotMatch(readFileSync(NOTE, 'utf8'), /Tok-Secret/);
});

const WRONG: Array<[what: string, words: string[], settings: Record<string, string>, says: RegExp]> = [
  ['no server', [], {}, /^--to: no server is named\. Name influxdb, prometheus, otlp\.$/m],
  ['an unknown one', ['--to', 'influx'], {}, /^--to influx: not known; did you mean influxdb\?/m],
  ['one without address', ['--to', 'otlp'], {}, /^--to otlp: no address is known\. Set OTLP_URL/m],
  ['no bucket', ['--to', 'influxdb'], { INFLUX_URL: 'http://127.0.0.1:1' }, /INFLUX_URL: no bucket is named/],
  ['a wrong secret', ['--to', 'otlp'], { OTLP_HEADERS: 'Key-Secret' }, /^OTLP_HEADERS: not headers; write/m],
  ['live to nowhere', ['--to', 'otlp'], { LIVE_TO: 'otlp' }, /^LIVE_TO: otlp has no address\. Set OTLP_URL/m],
];
for (const [what, words, settings, says] of WRONG) {
  test(`wrong use: ${what}`, async () => {
    const { code, said } = await upload(words, settings);
    assert.equal(code, 2);
    assert.match(said, says);
    assert.doesNotMatch(said, /Secret/);
  });
}

test('a run that is not concluded is refused with what to do', async () => {
  const going = runDirectory(runJson(), healthySamples());
  const { code, said } = await explained(['upload', going, '--to', 'influxdb'], influx('http://127.0.0.1:1'));
  assert.equal(code, 2);
  assert.match(said, /not concluded yet\. Run `npx loadtest report/);
});
