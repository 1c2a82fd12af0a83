/** The kinds of panels that the dashboards have, each with what its reader needs to understand it. */
import type * as cog from '@grafana/grafana-foundation-sdk/cog';
import { type DataSourceRef, ReduceDataOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  type DataTransformerConfig,
  type Panel,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TableBuilder } from '@grafana/grafana-foundation-sdk/table';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import { INFLUXDB, type Query } from './queries.ts';

export interface PanelWords {
  title: string;
  /** What is drawn, and what a reader does with it. */
  about: string;
  /** As Grafana names units: ms, percentunit, short. */
  unit: string;
  /** Columns of 24. */
  width?: number;
  height?: number;
}

function sourceOf([first]: readonly Query[]): DataSourceRef {
  if (!first) throw new Error('a panel without a query');
  return first.source;
}

export function lines({ title, about, unit, width = 12, height = 8 }: PanelWords, ...queries: Query[]) {
  const panel = new TimeSeriesBuilder().title(title).description(about).unit(unit).min(0);
  // A point a second is the finest that there is.
  panel.span(width).height(height).interval('1s').datasource(sourceOf(queries)).targets(queries);
  return panel as cog.Builder<Panel>;
}

export function numbers({ title, about, unit, width = 6, height = 4 }: PanelWords, ...queries: Query[]) {
  const panel = new StatBuilder().title(title).description(about).unit(unit);
  const newest = new ReduceDataOptionsBuilder().calcs(['lastNotNull']);
  panel.span(width).height(height).reduceOptions(newest);
  return panel.datasource(sourceOf(queries)).targets(queries) as cog.Builder<Panel>;
}

export function table(
  { title, about, unit, width = 24, height = 12 }: PanelWords,
  transformations: DataTransformerConfig[],
  ...queries: Query[]
) {
  const panel = new TableBuilder().title(title).description(about).unit(unit);
  return panel
    .span(width)
    .height(height)
    .transformations(transformations)
    .datasource(sourceOf(queries))
    .targets(queries) as cog.Builder<Panel>;
}

/** Rows of several queries side by side, where all their labels are the same. */
export const SIDE_BY_SIDE: DataTransformerConfig[] = [
  { id: 'organize', options: { excludeByName: { Time: true } } },
  { id: 'merge', options: {} },
];

/** A variable with the values of a label, the last one first: names of runs begin with their time. */
export function labelValues(name: string, label: string, { all = false } = {}): QueryVariableBuilder {
  const query = `SHOW TAG VALUES FROM "loadtest_run" WITH KEY = "${label}"`;
  return new QueryVariableBuilder(name)
    .datasource(INFLUXDB)
    .query(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalDesc)
    .includeAll(all)
    .multi(all);
}

export function dashboard(title: string, about: string, from: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .uid(title.toLowerCase().replaceAll(' ', '-'))
    .description(about)
    .tags(['loadtest'])
    .time({ from, to: 'now' })
    .timezone('utc')
    .readonly();
}
