/** Queries of the two data sources that Grafana has by docker/grafana/provisioning/. */
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';

export const INFLUXDB: DataSourceRef = { type: 'influxdb', uid: 'influxdb' };
export const PROMETHEUS: DataSourceRef = { type: 'prometheus', uid: 'prometheus' };

/** A query that knows where it is asked. */
export interface Query extends cog.Builder<cog.Dataquery> {
  source: DataSourceRef;
}

/** What Grafana's InfluxDB data source sends in the language InfluxQL, which both InfluxDB 1 and 2 speak. */
export interface InfluxQuery extends cog.Dataquery {
  refId: string;
  datasource: DataSourceRef;
  query: string;
  rawQuery: true;
  resultFormat: 'time_series' | 'table';
  /** Name of a series: `$tag_name` stands for its label `name`. */
  alias?: string;
}

/** Which rows: conditions of InfluxQL. `$timeFilter` is always one. */
export interface From {
  measurement: string;
  where: readonly string[];
  by?: readonly string[];
}

const quoted = (name: string) => `"${name}"`;

function selectFrom(
  what: string,
  { measurement, where, by = [] }: From,
  groups: readonly string[] = [],
): string {
  const all = [...groups, ...by.map(quoted)];
  const grouped = all.length > 0 ? ` GROUP BY ${all.join(', ')}` : '';
  return `SELECT ${what} FROM ${quoted(measurement)} WHERE ${[...where, '$timeFilter'].join(' AND ')}${grouped}`;
}

/** A point a run or a second, each as it was sent. */
export function points(refId: string, field: string, from: From, alias: string): Query {
  return influx(refId, selectFrom(quoted(field), from), 'time_series', alias);
}

/** Means over what one pixel shows: of a run's seconds. */
export function means(refId: string, field: string, from: From, alias: string): Query {
  const query = selectFrom(`mean(${quoted(field)})`, from, ['time($__interval)']);
  return influx(refId, `${query} fill(none)`, 'time_series', alias);
}

/** A row a group, with the newest value of each field. @param fields column → field */
export function newest(refId: string, fields: Record<string, string>, from: From): Query {
  const columns = Object.entries(fields).map(
    ([column, field]) => `last(${quoted(field)}) AS ${quoted(column)}`,
  );
  return influx(refId, selectFrom(columns.join(', '), from), 'table');
}

function influx(
  refId: string,
  query: string,
  resultFormat: InfluxQuery['resultFormat'],
  alias?: string,
): Query {
  const built: InfluxQuery = {
    refId,
    datasource: INFLUXDB,
    query,
    rawQuery: true,
    resultFormat,
    ...(alias !== undefined && { alias }),
    _implementsDataqueryVariant() {},
  };
  return { source: INFLUXDB, build: () => built };
}

/** @param legend `{{name}}` stands for the label `name` */
export function prometheus(refId: string, expr: string, legend: string): Query {
  const query = new DataqueryBuilder()
    .refId(refId)
    .datasource(PROMETHEUS)
    .expr(expr)
    .legendFormat(legend)
    .range();
  return { source: PROMETHEUS, build: () => query.build() };
}
