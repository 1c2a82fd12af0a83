/**
 * What a target says of its own time (https://www.w3.org/TR/server-timing/): `db;dur=53.2, cache;desc="hit, warm";dur=2`.
 */

import { printMetricKey } from '../../config/metric-key.ts';
import type { Collector } from './collector.ts';
import { addObservation, figuresOf, type Series, seriesIn } from './figures.ts';
import { isServed } from './request-counts.ts';

/** A target that makes names of ids would else fill the report: of the names after these there are no figures. */
const MAX_NAMES = 50;

/** Name → ms, in the order of the header. Entries of one name add up; those without a duration, or with a negative one, say no time. */
export function durationsIn(header: string): Map<string, number> {
  const durations = new Map<string, number>();
  for (const [, name = '', parameters = ''] of header.matchAll(ENTRY)) {
    const told = [...parameters.matchAll(PARAMETER)].find(([, key = '']) => key.toLowerCase() === 'dur');
    const ms = Number(told?.[2]?.replaceAll('"', '') || Number.NaN);
    if (Number.isFinite(ms) && ms >= 0) durations.set(name, (durations.get(name) ?? 0) + ms);
  }
  return durations;
}

/** A token, then its parameters to the next comma that is in no quotation. */
const ENTRY = /([!#$%&'*+.^_`|~\w-]+)((?:\s*;(?:"(?:\\.|[^"\\])*"|[^",])*)?)\s*(?:,|$)/g;

const PARAMETER = /;\s*([\w-]+)\s*=\s*("(?:\\.|[^"\\])*"|[^;,\s"]*)/g;

/** Of successful requests outside of warm-up, without expected refusals. */
export function collectServerTiming(): Collector {
  const names = new Map<string, Series>();
  return {
    samples: {
      request(sample, { drained }) {
        const { serverTiming, warmup } = sample;
        if (serverTiming === undefined || warmup || !isServed(sample)) return;
        for (const [name, value] of durationsIn(serverTiming)) {
          if (names.size < MAX_NAMES || names.has(name))
            addObservation(seriesIn(names, name), { value, ok: true, drained });
        }
      },
    },
    into({ metrics }) {
      for (const [name, series] of names)
        metrics[printMetricKey({ kind: 'server', name })] = { ...figuresOf(series), unit: 'ms' };
    },
  };
}
