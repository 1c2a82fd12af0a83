import type { DefectBook } from '../known-defects.ts';
import type { Collector } from './collector.ts';

/** Failures are counted where they are excused (about.ts); here is what journeys report of them. */
export function collectKnownDefects(defects: DefectBook): Collector {
  return {
    events: { 'known-defect': (event) => defects.note(event) },
    into(summary) {
      summary.knownDefects = defects.seen();
    },
  };
}
