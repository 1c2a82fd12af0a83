/** Every query of the dashboards, on servers that a real run has filled. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { influxServer } from '../../exports/influx.ts';
import { runRows } from '../../exports/run-rows.ts';
import { newestRun } from '../../measure/run/directory.ts';
import { influx1, prometheus } from '../exports/real-servers.ts';
import { suite } from '../exports/suite-program.ts';
import { filledIn, panelQueries, seriesOf } from './panel-queries.ts';

const SEND_LIMIT_MS = 60_000;

/** Gives what was seen, in a few words. */
export async function checkDashboards(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
  const reports = join(folder, 'runs');
  const stops: Array<() => Promise<void>> = [];
  try {
    const influxdb = await influx1(join(folder, 'influxdb'));
    stops.push(influxdb.stop);
    const live = await prometheus(join(folder, 'prometheus'), 'prometheus', 'none');
    stops.push(live.stop);
    const { code, said } = await suite(['run', 'load'], {
      // Of a smoke run most steps have one value, and no percentile; users who hardly think come to all pages on a slow machine too.
      DURATION: '2m',
      THINK: '0.3',
      REPORTS_DIR: reports,
      LIVE_TO: 'prometheus',
      ...live.settings,
    });
    const file = join(newestRun(reports), 'summary.json');
    const summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
    assert.ok(summary.counts.requests.n > 0, `${code}: ${said}`);
    // Not by `loadtest upload`, which refuses a run that a busy machine has made invalid.
    const { INFLUX_URL = '', INFLUX_DATABASE = '', INFLUX_USER = '' } = influxdb.settings;
    const [username = '', password = ''] = INFLUX_USER.split(':');
    const database = { name: INFLUX_DATABASE, user: { username, password } };
    const client = influxServer({ name: 'influxdb', url: INFLUX_URL, database });
    await client.send(runRows(summary), SEND_LIMIT_MS);
    const servers = {
      influxdb: { url: INFLUX_URL, user: INFLUX_USER },
      prometheus: new URL(live.settings.PROMETHEUS_URL ?? '').origin,
    };
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
    for (const stop of stops) await stop();
    rmSync(folder, { recursive: true });
  }
}
