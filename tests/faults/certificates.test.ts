/** A deployment whose certificate nobody vouches for: refused by each runner, and run when that was asked for. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import {
  finishedRun,
  type SuiteProcess,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeAccounts,
  writeProfile,
} from '../artillery/suite-process.ts';
import { inFrontOf, makeCertificate, noTls, serveTls } from '../process/measure/tls-server.ts';

const SCENARIOS = [
  { name: 'residents over HTTP', engine: 'api', weight: 1, flowFunction: 'resident' },
  { name: 'residents in the browser', engine: 'playwright', weight: 1, flowFunction: 'resident' },
];
const FEW = { THINK: '0', JOURNEYS: '1' };

/** Each runner with as little as makes it sign in over HTTP and in a browser. */
const RUNNERS: Record<string, (settings: Record<string, string>, folder: string) => SuiteProcess> = {
  artillery: (settings, folder) => {
    const phases = [{ name: 'few', duration: 2, arrivalCount: 2 }];
    return startArtillery(writeProfile(folder, { phases, scenarios: SCENARIOS }), settings);
  },
  playwright: (settings) => startPerf(['-g', 'view my schedule'], settings),
};

for (const [runner, start] of Object.entries(RUNNERS)) {
  test(`${runner} and a certificate that cannot be trusted`, { skip: noTls }, async (t) => {
    const folder = temporaryFolder(t);
    const reports = join(folder, 'reports');
    const scheduler = await startEmbeddedScheduler({ size: 'small' });
    t.after(() => scheduler.stop());
    const listener = inFrontOf(scheduler.url);
    const selfSigned = await serveTls(t, makeCertificate(t), listener);
    const old = makeCertificate(t, -1);
    const expired = await serveTls(t, old, listener);
    const accounts = writeAccounts(folder, scheduler.accounts);
    const common = { ...FEW, ENVIRONMENT: 'ci', ACCOUNTS_FILE: accounts, REPORTS_DIR: reports };

    const trusted = makeCertificate(t);
    const ofNodeOnly = await serveTls(t, trusted, listener);
    const refused: Array<{ says: RegExp; target: Record<string, string>; code?: number }> = [
      {
        target: { BASE_URL: ofNodeOnly, NODE_EXTRA_CA_CERTS: trusted.file },
        says: /^certificate: browsers refuse the certificate of https:\S+: .* by NODE_EXTRA_CA_CERTS, .* set INSECURE_TLS=true \(`npx/m,
        code: 2,
      },
      {
        target: { BASE_URL: selfSigned },
        says: /^https:\S+: its certificate is self-signed \(\w+\): renew it, or set INSEC/m,
      },
      {
        // Vouched for, so that its age is all that is wrong with it.
        target: { BASE_URL: expired, NODE_EXTRA_CA_CERTS: old.file },
        says: /^https:\S+: its certificate has expired \(CERT_HAS_EXPIRED\): renew it, or set INSECURE_TLS=true/m,
      },
    ];
    for (const { says, target, code = 4 } of refused) {
      const run = start({ ...common, ...target }, folder);
      assert.equal((await run.ended).code, code, run.output);
      assert.match(run.stderr, says);
      assert.equal(run.stderr.trim().split('\n').length, 1, run.stderr);
      assert.deepEqual(existsSync(reports) ? readdirSync(reports) : [], []);
    }

    const run = start({ ...common, BASE_URL: expired, INSECURE_TLS: 'true' }, folder);
    await run.ended;
    const finished = finishedRun(reports);
    const { counts } = finished.summary;
    assert.ok(counts.sessions.ok > 0 && counts.requests.n > 0, run.output);
    assert.deepEqual([counts.sessions.failed, counts.requests.failed], [0, 0], run.output);
    assert.match(finished.run.target.certificates ?? '', /^not checked/);
    const report = readFileSync(join(finished.runDir, 'index.html'), 'utf8');
    assert.match(report, /not checked \(INSECURE_TLS=true\)/);
  });
}
