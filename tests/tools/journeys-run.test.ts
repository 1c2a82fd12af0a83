/** The report of the run that docs/journeys.md is written from is there when the terminal says so, and after it. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { processEnv, setProcessEnv } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { runOfEveryJourney } from '../../tools/journeys-run.ts';
import { temporaryFolder } from '../artillery/suite-process.ts';

test('a run of every journey is kept, a failed one too, until the next', (t) => {
  const before = { THINK: processEnv('THINK'), REPORTS_DIR: processEnv('REPORTS_DIR') };
  t.after(() => setProcessEnv(before));
  const reports = join(temporaryFolder(t), 'journeys-run');
  const run = (id: string, code: number) => () => {
    mkdirSync(join(reports, id));
    writeFileSync(join(reports, id, 'index.html'), '');
    return code;
  };
  const [first, second] = ['2026-01-01T00-00-00Z-perf', '2026-01-01T00-00-01Z-perf'];
  assert.throws(() => runOfEveryJourney(reports, run(first, 1)), ConfigError);
  assert.ok(existsSync(join(reports, first, 'index.html')));
  assert.equal(runOfEveryJourney(reports, run(second, 0)), join(reports, second));
  assert.ok(existsSync(join(reports, second, 'index.html')));
  assert.ok(!existsSync(join(reports, first)));
});
