/** Pages behind HTTP basic authentication, run both ways: the credentials reach that origin, and no file of the run. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { inFrontOf } from '../process/measure/tls-server.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';
import { texts } from './texts.ts';

const PASSWORD = 'Door-Pass:77';
const SENT = Buffer.from(`guest:${PASSWORD}`).toString('base64');

test('a target whose pages are behind HTTP basic authentication', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await setFaults(scheduler.url, [{ route: 'POST /api/v1/absences', errorRate: 1 }]); // a failure leaves evidence
  const forward = inFrontOf(scheduler.url);
  let refused = 0;
  const door = createServer((request, response) => {
    const { url = '/', headers } = request;
    if (url.startsWith('/api/') || headers.authorization === `Basic ${SENT}`)
      return forward(request, response);
    refused += 1;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="Staging"' }).end('401');
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
  t.after(() => {
    door.closeAllConnections();
    door.close();
  });
  const BASE_URL = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const common = { ...settings, BASE_URL, ENVIRONMENT: 'ci', THINK: '0', JOURNEYS: '1', TRACE: 'all' };
  const unset = startPerf(['-g', 'request an absence'], common);
  assert.equal((await unset.ended).code, 4, unset.output);
  assert.match(
    unset.stderr,
    /\/login: asks for HTTP basic authentication .* Set BASIC_AUTH=user:password\.$/m,
  );

  const profile = writeProfile(folder, {
    phases: [{ name: 'few', duration: 2, arrivalCount: 2 }],
    scenarios: [
      { ...RESIDENTS_IN_BROWSERS, journeys: ['request an absence'] },
      { ...RESIDENTS_OVER_HTTP, weight: 1 },
    ],
  });
  for (const [name, start] of [
    ['perf', (set: Record<string, string>) => startPerf(['-g', 'request an absence'], set)],
    ['load', (set: Record<string, string>) => startArtillery(profile, set)],
  ] as const) {
    const reports = join(folder, name);
    const run = start({ ...common, REPORTS_DIR: reports, BASIC_AUTH: `guest:${PASSWORD}` });
    await run.ended;
    const { runDir, summary } = finishedRun(reports);
    assert.ok(
      summary.steps.some(({ name: step }) => step === 'sign in'),
      `${name}: nobody came in\n${run.output}`,
    );
    let files = 0;
    for (const [file, text] of texts(runDir)) {
      files += 1;
      for (const secret of [PASSWORD, SENT, encodeURIComponent(PASSWORD)])
        assert.ok(!text.includes(secret), `${name}: ${file} holds ${secret}`);
    }
    assert.ok(files > 20, `${files} files and entries`);
    assert.ok(!run.output.includes(PASSWORD), run.output);
  }
  assert.ok(refused > 0, 'it was asked for');
});
