/** Certificates that Node takes and a real browser refuses: found before a run, with the client that refuses and the fix. */
import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { test } from 'node:test';
import { readEnvironment, setProcessEnv } from '../../../config/environment.ts';
import { openTarget } from '../../../measure/target/target.ts';
import { checkBeforeRun } from '../../../runner/preflight/before-run.ts';
import { browserRefusal, browserTrustChecks } from '../../../runner/preflight/browser-trust.ts';
import { temporaryFolder, writeAccounts } from '../../artillery/suite-process.ts';
import { makeCertificate, noTls, serveTls } from '../measure/tls-server.ts';

const scheduler: RequestListener = (request, response) => {
  const isApi = request.url?.startsWith('/api/');
  response
    .writeHead(isApi ? 401 : 200, { 'content-type': isApi ? 'application/json' : 'text/html' })
    .end(isApi ? '{"detail":"Not authenticated"}' : '<!doctype html><title>Residency Scheduler</title>');
};

test('a setting of Node’s own does not hold for browsers', { skip: noTls }, async (t) => {
  const url = await serveTls(t, makeCertificate(t), scheduler);
  const ACCOUNTS_FILE = writeAccounts(temporaryFolder(t), [
    { role: 'resident', username: 'ann', password: 'Secret-Of-Ann-1' },
  ]);
  const environment = readEnvironment({ BASE_URL: url, ACCOUNTS_FILE });
  setProcessEnv({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
  t.after(() => setProcessEnv({ NODE_TLS_REJECT_UNAUTHORIZED: undefined }));
  const target = await openTarget(environment);
  assert.equal(target.facts.certificates, 'not checked (NODE_TLS_REJECT_UNAUTHORIZED=0)');
  await assert.rejects(checkBeforeRun(environment, target, undefined), (error: Error) => {
    const [line = ''] = error.message.split('\n');
    assert.match(
      line,
      /^certificate: browsers refuse the certificate of https:\/\/127\S+: it is signed by an authority that they do not know \(ERR_CERT_AUTHORITY_INVALID\); HTTP sessions take it, by NODE_TLS_REJECT_UNAUTHORIZED=0, which browsers do not read; add the authority .*, or set INSECURE_TLS=true \(`npx loadtest doctor` checks all of it again\)$/,
    );
    return true;
  });
  await checkBeforeRun(environment, target, undefined, false); // no browser, nobody who refuses
  assert.deepEqual(await browserTrustChecks(target, { ...environment, insecureTls: true }), []);
});

test('the fix is that of the fault, and the setting that Node goes by is named', (t) => {
  setProcessEnv({ NODE_EXTRA_CA_CERTS: 'authority.pem' });
  t.after(() => setProcessEnv({ NODE_EXTRA_CA_CERTS: undefined }));
  const line = (code: string) => {
    const { seen, mend } = browserRefusal(
      'https://a.example',
      `page.goto: net::${code} at https://a.example/`,
    );
    return `${seen}; ${mend}`;
  };
  assert.match(
    line('ERR_CERT_AUTHORITY_INVALID'),
    /HTTP sessions take it, by NODE_EXTRA_CA_CERTS, which browsers do not read; add the authority to the browsers’ store/,
  );
  assert.match(
    line('ERR_CERT_DATE_INVALID'),
    /has expired, or is not valid yet .*; renew it, or set INSECURE_TLS/,
  );
  assert.match(
    line('ERR_CONNECTION_RESET'),
    /^browsers cannot open https:\/\/a.example \(ERR_CONNECTION_RESET\)/,
  );
});
