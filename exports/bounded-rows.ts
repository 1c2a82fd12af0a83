/**
 * Labels have a bounded number of values: a series costs a server memory for as long as it keeps it
 * (https://prometheus.io/docs/practices/naming/#labels). Names are the suite's own and pages are route patterns, so a run
 * stays far below; a run with a defect in it must not fill a server.
 */
import { createHash } from 'node:crypto';
import type { Row } from './row.ts';

/** Series of one measurement in one run; `load` has about 800 of `loadtest_figure`. */
export const MOST_SERIES = 5000;
/** Characters of a label's value. InfluxDB 1 takes 64 KiB for all labels of a row together. */
export const LONGEST_LABEL = 200;

export interface BoundedRows {
  rows: Row[];
  /** Measurement → series beyond {@link MOST_SERIES} that were left out. */
  leftOut: ReadonlyMap<string, number>;
}

/** The first series of each measurement, in the order of the rows. A long label ends in a digest, so that two stay two. */
export function boundedRows(rows: readonly Row[]): BoundedRows {
  const known = new Map<string, Set<string>>();
  const beyond = new Map<string, Set<string>>();
  const kept: Row[] = [];
  for (const given of rows) {
    const labels = Object.fromEntries(
      Object.entries(given.labels).map(([name, value]) => [name, shortened(value)]),
    );
    const series = JSON.stringify(labels);
    const { measurement } = given;
    if (isWithin(setOf(known, measurement), series)) kept.push({ ...given, labels });
    else setOf(beyond, measurement).add(series);
  }
  const leftOut = new Map([...beyond].map(([measurement, series]) => [measurement, series.size]));
  return { rows: kept, leftOut };
}

function isWithin(known: Set<string>, series: string): boolean {
  if (known.has(series)) return true;
  if (known.size >= MOST_SERIES) return false;
  known.add(series);
  return true;
}

function setOf(sets: Map<string, Set<string>>, name: string): Set<string> {
  const found = sets.get(name) ?? new Set<string>();
  sets.set(name, found);
  return found;
}

function shortened(value: string): string {
  // Line protocol ends a row at a line break, whatever stands before it, and takes a backslash at the end for an escape.
  const line = value.replace(/[\p{Cc}\\]+/gu, ' ').trim();
  if (line.length <= LONGEST_LABEL) return line;
  const digest = createHash('sha256').update(line).digest('hex').slice(0, 8);
  return `${line.slice(0, LONGEST_LABEL - digest.length - 1)}…${digest}`;
}
