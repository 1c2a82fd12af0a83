/** `npx loadtest api`: what the suite knows of the API, and whether a target still answers by the contract. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, type TestContext, test } from 'node:test';
import { NEVER } from '../../../api/check/every-operation.ts';
import { operations } from '../../../api/operations/registry.ts';
import { ConfigError } from '../../../config/errors.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { temporaryFolder, writeAccounts } from '../../artillery/suite-process.ts';
import { told } from '../../cli/in-process.ts';

let scheduler: EmbeddedScheduler;
before(async () => {
  scheduler = await startEmbeddedScheduler({
    size: 'small',
    settings: { SCHEDULER_PAGES: 'off', SCHEDULER_PASSWORD_COST_MS: '5' },
  });
});
after(() => scheduler?.stop());

type Tamper = (request: string) => { status?: number; body?: (json: string) => string } | undefined;

/** Passes all on to the scheduler and its answers back, those apart that `tamper` names by `GET /people`. */
async function inFrontOf(t: TestContext, tamper: Tamper) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    if (url === '/login')
      return response.setHeader('content-type', 'text/html').end('<title>Residency Scheduler</title>');
    let body = '';
    for await (const chunk of request) body += chunk;
    const name = `${method} ${url.split('?')[0]?.replace('/api/v1', '')}`;
    asked.push(name);
    const faulty = tamper(name);
    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(
        ([key]) => !['host', 'connection', 'content-length'].includes(key),
      ),
    ) as Record<string, string>;
    const answer = await fetch(`${scheduler.url}${url}`, { method, headers, body: body || undefined });
    const text = await answer.text();
    response.writeHead(faulty?.status ?? answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'text/plain',
    });
    return response.end(faulty?.body?.(text) ?? text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const folder = temporaryFolder(t);
  return {
    asked,
    settings: {
      BASE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
      REPORTS_DIR: join(folder, 'reports'),
    },
  };
}

test('the list has every operation, as lines and as JSON', async () => {
  const { code, said } = await told(['api', 'list']);
  assert.equal(code, 0);
  assert.match(said, /^batch\.create +write +POST +\/batch\/create +admin, coordinator$/m);
  assert.match(said, /^blocks\.list +crud +GET +\/blocks +public$/m);
  assert.match(said, /^people\.list .* every signed-in user$/m);
  const json = await told(['api', 'list', '--json']);
  const rows = JSON.parse(json.said) as Array<{
    name: string;
    shapes: { response: boolean };
  }>;
  assert.deepEqual(
    rows.map(({ name }) => name),
    operations.map(({ name }) => name),
  );
  assert.ok(rows.length > 150);
  assert.equal(rows.find(({ name }) => name === 'swaps.history')?.shapes.response, true);
});

test('a check names what does not fit: status, field, missing route; known defects are excused; data is as before', async (t) => {
  const dataOf = async () =>
    (await fetch(`${scheduler.url}/__data`)).json() as Promise<Record<string, unknown[]>>;
  const was = await dataOf();
  const { settings } = await inFrontOf(t, (request) => {
    if (request === 'GET /absences/compliance/away-from-program')
      return { body: (json) => json.replace(/"total_residents":(\d+)/, '"total_residents":"$1"') };
    if (request === 'GET /settings') return { status: 500, body: () => '{"detail":"no more settings"}' };
    if (request === 'GET /conflicts/') return { status: 404, body: () => '{"detail":"Not Found"}' };
    if (request === 'GET /schedule/queue') return { body: () => '<html>' };
    return undefined;
  });
  const { code, said } = await told(['api', 'check', '--environment', 'embedded', '--routes'], settings);
  assert.equal(code, 1, said);
  const misfits = said.match(/^DOES NOT FIT .*$/gm) ?? [];
  assert.deepEqual(
    misfits.map((line) => line.replace(/^DOES NOT FIT +/, '').replace(/ {2,}/g, ' ')),
    [
      'settings.read GET /settings: 500 no more settings',
      'compliance.away from program GET /absences/compliance/away-from-program: summary.total_residents: Invalid input: expected number, received string',
      'conflicts.list GET /conflicts/: 404 Not Found',
      'schedule.queue GET /schedule/queue: the answer is not JSON',
    ],
  );
  assert.match(
    said,
    /^not called +settings\.save .*: what it needs is not there, or an operation before it failed$/m,
  );
  assert.doesNotMatch(said, /no check calls it/);
  assert.match(said, /^known defect +assignments\.create .*: 500/m);
  assert.match(said, /^known defect "search returns 500", excused until \d{4}-/m);
  assert.match(said, /^ok +swaps\.approve .*: refused as it must be \(404\)/m);
  assert.match(said, /^routes: \d+, of which \d+ have no operation$/m);
  assert.match(said, /^ {2}POST \/auth\/initialize-admin$/m);
  assert.match(said, /^ {2}auth\.impersonate {2}POST \/auth\/impersonate$/m);
  const is = await dataOf();
  for (const table of [
    'people',
    'absences',
    'assignments',
    'blocks',
    'call_assignments',
    'rotation_templates',
  ])
    assert.deepEqual(is[table]?.length, was[table]?.length, table);
  assert.equal(JSON.stringify(is.settings), JSON.stringify(was.settings));
  const isPending = ({ status }: { status: string }) => status === 'draft';
  assert.equal((is.schedule_drafts as Array<{ status: string }>).filter(isPending).length, 0);
});

test('whatever differs from what the real application was seen to do is named, and a defect that is not there', async (t) => {
  const detail = (text: string) => () => JSON.stringify({ detail: text });
  // docs/contract/verified.md §6: each is answered in another way here.
  const otherwise: Array<[request: RegExp, ReturnType<Tamper>, says: RegExp]> = [
    [
      /^GET \/call-assignments$/,
      { body: (json) => json.replaceAll(/"(overnight|weekend)"/g, '"weekday"') },
      /^calls\.list .*: items\.0\.call_type: Invalid option: expected one of "overnight"\|"weekend"\|"backup"/,
    ],
    [
      /^GET \/proxy-coverage$/,
      { body: (json) => json.replace('"coverage_date"', '"date"') },
      /^ops\.proxy coverage .*: coverage_date: Invalid input/,
    ],
    [
      /^GET \/batch\/status\//,
      { body: (json) => json.replace('"succeeded"', '"done"') },
      /^batch\.status .*: succeeded: Invalid input/,
    ],
    [
      /^GET \/conflicts\/$/,
      { status: 500, body: detail('no such table') },
      /^conflicts\.list .*: 500 no such table$/,
    ],
    [/^GET \/schedule\/runs$/, { status: 503 }, /^schedule\.runs .*: 503/],
    [/^POST \/call-assignments$/, { body: detail('disk full') }, /^calls\.create .*: 500 disk full$/],
    [
      /^PUT \/batch\/update$/,
      { status: 500, body: detail('disk full') },
      /^batch\.update .*: 500 disk full$/,
    ],
    [
      /^POST \/schedule\/generate$/,
      { status: 422, body: detail('No residents found') },
      /^schedule\.generate .*: 422 No residents found/,
    ],
    [/^POST \/schedule\/queue\/batch$/, { status: 200, body: () => '[]' }, /^schedule\.queue batch .*: 200/],
  ];
  const hours = {
    acgme_compliant: true,
    fatigue_compliant: true,
    fatigue_risk_periods: [],
    recommendations: [],
  };
  const mended = {
    ...{ ...hours, resident_id: randomUUID() },
    hours_summary: { weekly_hours: 1, weekly_limit: 80 },
  };
  const { settings } = await inFrontOf(t, (request) => {
    // As through the pages' origin; and a defect that is no more.
    if (request === 'GET /notifications/') return { status: 308, body: () => '' };
    if (request.endsWith('/acgme-validation')) return { status: 200, body: () => JSON.stringify(mended) };
    return otherwise.find(([of]) => of.test(request))?.[1];
  });
  const { code, said } = await told(['api', 'check', '--environment', 'embedded'], settings);
  assert.equal(code, 1, said);
  const named = (said.match(/^DOES NOT FIT .*$/gm) ?? []).map((line) => line.replace(/^DOES NOT FIT +/, ''));
  const missing = otherwise.filter(([, , says]) => !named.some((line) => says.test(line)));
  assert.deepEqual(missing.map(String), [], named.join('\n'));
  assert.equal(named.length, otherwise.length, named.join('\n'));
  assert.match(said, /^known defect "notifications behind a loop of redirects", excused/m);
  assert.match(
    said,
    /^known defect "work hours return 500" is not there: compliance\.work hours answered as/m,
  );
  assert.doesNotMatch(said, /"call assignment returns 500" is not there/);
});

test('where nothing may be changed only reads are called, and a target that fits passes', async (t) => {
  const { settings, asked } = await inFrontOf(t, () => undefined);
  const { code, said } = await told(
    ['api', 'check', '--environment', 'production', '--allow-production'],
    settings,
  );
  assert.equal(code, 0, said);
  assert.match(said, /^ok +people\.list /m);
  assert.match(said, /^not called +people\.create .*: people may not be changed there \(mayChange/m);
  assert.match(said, /, 0 do not fit, /);
  const writes = [
    'POST /people',
    'POST /absences',
    'POST /batch/create',
    'POST /schedule/generate',
    'POST /settings',
  ];
  for (const write of writes) assert.ok(!asked.includes(write), write);
});

test('wrong use is one line and exit 2, a target that does not answer is exit 4', async (t) => {
  const accounts = writeAccounts(temporaryFolder(t), scheduler.accounts);
  await assert.rejects(told(['api', 'check'], { BASE_URL: 'http://127.0.0.1:9', ACCOUNTS_FILE: accounts }), {
    message: /^http:\/\/127\.0\.0\.1:9 does not answer/,
    exitCode: 4,
  });
  const says = /^loadtest api: unknown command 'chek'\. Did you mean check\? The commands are list, check\./;
  await assert.rejects(told(['api', 'chek']), { name: ConfigError.name, message: says, exitCode: 2 });
});

test('whatever is never called is reported with its reason', () => {
  const names = new Set(operations.map(({ name }) => name));
  for (const [{ name }, why] of NEVER) {
    assert.ok(names.has(name), name);
    assert.ok(why.length > 10);
  }
});
