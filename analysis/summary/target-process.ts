import type { Collector } from './collector.ts';
import { collectTree } from './process-tree.ts';

/** Processes of a target that the run started. */
export function collectTargetProcess(): Collector {
  const tree = collectTree();
  return {
    samples: { target: tree.add },
    into(summary) {
      const figures = tree.figures();
      summary.targetProcess = figures.seconds === 0 ? null : figures;
    },
  };
}
