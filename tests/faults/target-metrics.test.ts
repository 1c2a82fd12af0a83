/** A target's Prometheus endpoints in whole runs: what it counts is what was sent, and one that is gone is reported. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import type { ScrapeSample } from '../../measure/run/samples.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import {
  type FinishedRun,
  finishedRun,
  type SuiteProcess,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeAccounts,
  writeProfile,
} from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';
import { RESIDENTS_OVER_HTTP } from './scenarios.ts';

const ENDPOINTS = `embedded:
  metrics:
    - { name: application, url: /metrics, kind: application, every: 2s }
    - { name: machine, url: 'http://127.0.0.1:1/metrics', kind: node, every: 1s }
`;

async function harmed(t: TestContext) {
  const copy = copyProject(t);
  replaceOnce(copy, 'config/environments.yml', '\nembedded:\n', `\n${ENDPOINTS}`);
  const scheduler = await startEmbeddedScheduler({ size: 'small', settings: { SCHEDULER_METRICS: 'on' } });
  t.after(() => scheduler.stop());
  const folder = temporaryFolder(t);
  const settings = {
    BASE_URL: scheduler.url,
    ENVIRONMENT: 'embedded',
    ACCOUNTS_FILE: writeAccounts(folder, scheduler.accounts),
    REPORTS_DIR: join(folder, 'reports'),
    THINK: '0',
  };
  return { copy, folder, settings };
}

function holds({ summary, samples, run, runDir }: FinishedRun, { output, stdout }: SuiteProcess): void {
  const [application, machine] = summary.targetMetrics;
  assert.ok(application && machine, output);
  // A machine full of other work makes an answer late.
  assert.ok(application.failed <= application.scrapes / 3, JSON.stringify(application.reasons));
  const scrapes = samples.filter((sample) => sample.kind === 'scrape' && sample.name === 'application');
  const [first, last] = [scrapes[0], scrapes.at(-1)];
  const others = samples.filter(({ kind }) => kind === 'request' || kind === 'session');
  assert.ok(first && others.every(({ t }) => t > first.t), 'it begins with the run');
  // The last second of a run may be too short for a rate of its own.
  assert.ok(last && others.every(({ t }) => t < last.t + 1500), 'and ends with it');
  const requests = application.figures.find(({ key }) => key === 'requests');
  assert.ok(requests && requests.n > 0 && (requests.max ?? 0) > 1, JSON.stringify(requests));
  assert.ok(summary.metrics['target.application.requests']);
  assert.match(
    stdout,
    /before the run: metrics of machine: http:\/\/127\.0\.0\.1:1\/metrics cannot be read \(ECONNREFUSED\)/,
  );
  const reason = `metrics of the target: machine (http://127.0.0.1:1/metrics) never answered: ${machine.scrapes} scrapes failed (ECONNREFUSED)`;
  assert.ok(summary.reasons.includes(reason), summary.reasons.join('\n'));
  assert.notEqual(apartFromMachine(summary).verdict, 'invalid', output);
  assert.deepEqual(
    run.metrics?.map(({ name, kind }) => `${name} ${kind}`),
    ['application application', 'machine node'],
  );
  assert.match(readFileSync(join(runDir, 'index.html'), 'utf8'), /id="chart-target-application-requests"/);
}

it('under Artillery: the target counts what was sent to it', async (t) => {
  const { copy, folder, settings } = await harmed(t);
  const phases = [{ name: 'steady', duration: 6, arrivalCount: 6 }];
  const profile = writeProfile(folder, { phases, scenarios: [RESIDENTS_OVER_HTTP] }, copy);
  const artillery = startArtillery(profile, settings, copy);
  await artillery.ended;
  const finished = finishedRun(settings.REPORTS_DIR);
  holds(finished, artillery);
  // Of the whole run: rates times the seconds they stand for, against the samples. Health probes and the scrapes
  // themselves, about two a second, are counted too; what came in the last second may not be.
  const read = finished.samples.filter(
    (sample) => sample.kind === 'scrape' && sample.name === 'application' && sample.figures,
  ) as ScrapeSample[];
  const counted = read
    .slice(1)
    .reduce((sum, { t, figures }, i) => sum + ((figures?.requests ?? 0) * (t - read[i]!.t)) / 1000, 0);
  const sent = finished.samples.filter(({ kind }) => kind === 'request').length;
  const own = 2 * finished.summary.durationSeconds + 6;
  assert.ok(
    counted >= sent * 0.9 && counted <= sent + own + 5,
    `${counted} counted, ${sent} sent, ${own} of the suite itself`,
  );
});

it('in perf tests', async (t) => {
  const { copy, settings } = await harmed(t);
  const perf = startPerf(['--grep', 'resident: view my schedule'], settings, copy);
  await perf.ended;
  holds(finishedRun(settings.REPORTS_DIR), perf);
});
