import type { DefectBook } from '../known-defects.ts';
import type { Collector } from './collector.ts';
import { isServed } from './request-counts.ts';

/** Failures are counted where they are matched (about.ts); here are good answers, and what journeys report of defects. */
export function collectKnownDefects(defects: DefectBook): Collector {
  return {
    samples: {
      request(sample) {
        if (isServed(sample)) defects.good(sample);
      },
    },
    events: {
      'known-defect': (event) => defects.note(event),
      'defect-effect': (event) => defects.noteEffect(event),
    },
    into(summary) {
      summary.knownDefects = defects.seen();
    },
  };
}
