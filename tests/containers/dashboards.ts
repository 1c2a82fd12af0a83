/** Every query of the dashboards, on servers that a real run has filled. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { childEnvironment, ROOT } from '../../config/environment.ts';
import { influxServer } from '../../exports/influx.ts';
import { runRows } from '../../exports/run-rows.ts';
import { newestRun } from '../../measure/run/directory.ts';
import { filledIn, panelQueries, seriesOf } from './panel-queries.ts';
import { needServers, startServers } from './servers.ts';

const RUN_LIMIT_MS = 600_000;
const SEND_LIMIT_MS = 60_000;

/** Gives what was seen, in a few words. */
export async function checkDashboards(): Promise<string> {
  needServers();
  const servers = await startServers();
  const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
  try {
    const { status, stdout } = spawnSync(process.execPath, [join(ROOT, 'cli/loadtest.cjs'), 'run', 'load'], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: RUN_LIMIT_MS,
      env: childEnvironment({
        // Of a smoke run most steps have one value, and no percentile.
        DURATION: '1m',
        REPORTS_DIR: folder,
        LIVE_TO: 'prometheus',
        PROMETHEUS_URL: `${servers.prometheus}/api/v1/write`,
      }),
    });
    const file = join(newestRun(folder), 'summary.json');
    const summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
    assert.ok(summary.counts.requests.n > 0, `${status}: ${stdout}`);
    // Not by `loadtest upload`, which refuses a run that a busy machine has made invalid.
    const influxdb = influxServer({
      name: 'influxdb',
      url: servers.influxdb,
      database: { name: 'loadtest' },
    });
    await influxdb.send(runRows(summary), SEND_LIMIT_MS);
    const queries = panelQueries();
    for (const { where, source, text } of queries) {
      const filled = filledIn(text, summary.id);
      assert.ok(
        (await seriesOf({ where, source, text: filled }, servers)) > 0,
        `${where} has no data: ${filled}`,
      );
    }
    return `${queries.length} queries, each of which returns data of a real run`;
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true });
  }
}
