/** The queries of all panels and variables of docker/grafana/dashboards/, asked as Grafana asks them. */
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../config/environment.ts';

interface Target {
  refId: string;
  datasource: { uid: string };
  query?: string;
  expr?: string;
}

interface Dashboard {
  title: string;
  panels: Array<{ title: string; targets: Target[] }>;
  templating?: { list?: Array<{ name: string; query: string }> };
}

export interface PanelQuery {
  /** Dashboard and panel, for messages. */
  where: string;
  source: 'influxdb' | 'prometheus';
  text: string;
}

/** URLs without a slash at the end. */
export interface Servers {
  /** `user`: as `name:password`. */
  influxdb: { url: string; user: string };
  prometheus: string;
}

/** Of docker/grafana/dashboards/. */
export function panelQueries(): PanelQuery[] {
  const files = globSync('docker/grafana/dashboards/*.json', { cwd: ROOT });
  return panelQueriesOf(files.map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Dashboard));
}

export function panelQueriesOf(dashboards: readonly Dashboard[]): PanelQuery[] {
  return dashboards.flatMap(({ title, panels, templating }) => {
    const ofPanels = panels.flatMap((panel) =>
      panel.targets.map(({ refId, datasource, query, expr }) => ({
        where: `${title}, ${panel.title}, ${refId}`,
        source: datasource.uid as PanelQuery['source'],
        text: query ?? expr ?? '',
      })),
    );
    const ofVariables = (templating?.list ?? []).map(({ name, query }) => ({
      where: `${title}, variable ${name}`,
      source: 'influxdb' as const,
      text: query,
    }));
    return [...ofPanels, ...ofVariables];
  });
}

/** As Grafana fills it in: one run chosen, all profiles and environments. */
export function filledIn(text: string, run: string): string {
  const values: Record<string, string> = {
    run,
    baseline: run,
    profile: '.*',
    environment: '.*',
    timeFilter: 'time > now() - 1d',
    __interval: '10s',
    __rate_interval: '1m',
  };
  return text.replace(/\$(\w+)/g, (_, name: string) => values[name] ?? assert.fail(`${name} in ${text}`));
}

/** How many series the server has for it. @throws where it does not understand the query */
export async function seriesOf({ source, text }: PanelQuery, servers: Servers): Promise<number> {
  return source === 'influxdb'
    ? influxSeries(text, servers.influxdb)
    : prometheusSeries(text, servers.prometheus);
}

async function influxSeries(text: string, { url, user }: Servers['influxdb']): Promise<number> {
  const headers = { authorization: `Basic ${Buffer.from(user).toString('base64')}` };
  const answer = await fetch(`${url}/query?${new URLSearchParams({ db: 'loadtest', q: text })}`, { headers });
  const { error, results = [] } = (await answer.json()) as {
    error?: string;
    results?: Array<{ error?: string; series?: Array<{ values: unknown[][] }> }>;
  };
  const problem = error ?? results.find((result) => result.error)?.error;
  if (problem) throw new Error(`${problem}: ${text}`);
  // The first column is the time; a panel draws the others.
  const isDrawn = ({ values }: { values: unknown[][] }) =>
    values.some(([, ...rest]) => rest.some((one) => one !== null));
  return results.flatMap(({ series = [] }) => series).filter(isDrawn).length;
}

async function prometheusSeries(text: string, server: string): Promise<number> {
  const end = Date.now() / 1000;
  const range = { query: text, start: String(end - 900), end: String(end), step: '5' };
  const answer = await fetch(`${server}/api/v1/query_range?${new URLSearchParams(range)}`);
  const { error, data } = (await answer.json()) as { error?: string; data?: { result: unknown[] } };
  if (error) throw new Error(`${error}: ${text}`);
  return data?.result.length ?? 0;
}
