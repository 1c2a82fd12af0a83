/** What a run was made with is kept with it: each variable is among its settings, elsewhere in its facts, or shapes no load. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { readEnvironment } from '../../config/environment.ts';
import { loadSettings } from '../../config/load-settings.ts';
import { loadThinkTimes } from '../../config/think.ts';
import { variables } from '../../config/variables.ts';
import { beginRun } from '../../runner/begin-run.ts';
import { healthySamples, runDirectory, runJson, temporaryDirectory } from '../analysis/synthetic-run.ts';

/** Where else in `run.json` they are. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  BASE_URL: 'target.url',
  API_URL: 'target.apiUrl',
  ENVIRONMENT: 'target.environment',
  INSECURE_TLS: 'target.certificates',
  TARGET_VERSION: 'target.version',
  SEED: 'plan.seed',
  LABEL: 'label',
  DATA_SIZE: 'target.data',
  THROTTLE: 'throttle',
  CPU_SLOWDOWN: 'throttle',
  TRACE: 'traced',
  CHROMIUM_PATH: 'host.browserBuild',
};
/** Where files lie, and whether a run may begin, or go on, at all. */
const NO_LOAD = [
  'ACCOUNTS_FILE',
  'ALLOW_PRODUCTION',
  'REPORTS_DIR',
  'CACHE_DIR',
  'K6_PATH',
  'MAX_UNRESPONSIVE',
  'ARTILLERY_STATISTICS',
  'BASIC_AUTH',
  ...Object.keys(variables.shape).filter((name) => name.startsWith('ALERT_')),
  ...['INFLUX_URL', 'INFLUX_ORG', 'INFLUX_BUCKET', 'INFLUX_TOKEN', 'INFLUX_DATABASE', 'INFLUX_USER'],
  ...['PROMETHEUS_URL', 'PROMETHEUS_TOKEN', 'OTLP_URL', 'OTLP_HEADERS', 'LIVE_TO', 'METRICS_PORT'],
];

test('no variable that shapes the load is missing in what a run keeps', () => {
  const kept = [...Object.keys(loadSettings(readEnvironment({}))), ...Object.keys(ELSEWHERE), ...NO_LOAD];
  assert.deepEqual(kept.sort(), Object.keys(variables.shape).sort());
});

test('run.json has the settings of its run, by every way to run', () => {
  const dir = temporaryDirectory();
  const environment = readEnvironment({
    THINK: '0.5',
    JOURNEYS: '7',
    VUS: '9',
    DURATION: '2m',
    REPORTS_DIR: dir,
  });
  beginRun(dir, environment, { runner: 'artillery', target: runJson().target, profile: 'load' });
  const { settings, plan } = JSON.parse(readFileSync(`${dir}/run.json`, 'utf8'));
  assert.deepEqual(plan.think, loadThinkTimes(), 'the think times that THINK multiplies');
  assert.deepEqual(settings, JSON.parse(JSON.stringify(loadSettings(environment))));
  const { THINK, JOURNEYS, VUS, DURATION } = settings;
  assert.deepEqual({ THINK, JOURNEYS, VUS, DURATION }, { THINK: 0.5, JOURNEYS: 7, VUS: 9, DURATION: 120 });
});

test('summary and report have them too; a run of an older suite has none', async () => {
  const settings = loadSettings(readEnvironment({ THINK: '0', JOURNEYS: '7' }));
  const given = await conclude(runDirectory(runJson({ settings }), healthySamples()));
  assert.equal(given.summary.run.settings?.THINK, 0);
  const page = readFileSync(given.reportPath, 'utf8');
  assert.match(page, /<dt>Settings<\/dt><dd>JOURNEYS=7, THINK=0, REPEAT=1, CONNECTIONS=shared/);
  const older = await conclude(runDirectory(runJson(), healthySamples()));
  assert.doesNotMatch(readFileSync(older.reportPath, 'utf8'), /<dt>Settings/);
});
