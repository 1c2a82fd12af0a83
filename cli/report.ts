/** `npx loadtest report`: rebuilds the report of a run directory, also of one that a killed run left. */
import { resolve } from 'node:path';
import { command } from '../config/command-line/definition.ts';
import { text } from '../config/command-line/option.ts';
import { readEnvironment } from '../config/environment.ts';
import { INTERRUPTED } from '../config/exit-codes.ts';
import { newestRun, readRunJson } from '../measure/run/directory.ts';
import { signals } from '../runner/signals.ts';

export default command({
  argument: ['[directory]', 'run directory (default: the newest run in REPORTS_DIR)'],
  options: {
    thresholds: text(
      '--thresholds <file>',
      'print the verdict that the run would have with the limits in this file; write nothing',
    ),
  },
  details: `Reads run.json and samples.ndjson (or its .gz) of a run directory. Writes summary.json, index.html, report.css, summary.md and
junit.xml into the same directory, and prints the verdict and the path of the report. Needs no target, so the run may be old or
from another machine. Judges by the files in config/ as they are now, not as they were when the run was made. Damaged samples
are left out and counted. If the run has ended, it also writes the verdict into run.json, and packs the samples
into samples.ndjson.gz. If the run was killed, it writes the verdict and does not pack. If the run is still going on, the files show the figures so far, and run.json and the samples stay
as they are. With --thresholds it prints what the verdict would be, and changes nothing in the run directory.`,
  examples: [
    'npx loadtest report reports/runs/2026-11-23T09-00-16Z-load',
    'npx loadtest report reports/runs/2026-11-23T09-00-16Z-load --thresholds stricter.yml',
  ],
  exits: {
    passed: true,
    failed: true,
    wrongUse: 'wrong use, no run directory, or the report cannot be written',
    invalid: 'the run is invalid: killed, damaged, or the generator in trouble',
    interrupted:
      'this command was interrupted. (A run that was interrupted gives the exit code of its verdict)',
  },

  async run({ thresholds }, [directory]) {
    const runDir = directory ? resolve(directory) : newestRun(readEnvironment().reportsDir);
    if (thresholds !== undefined) return await printTrial(runDir, thresholds);
    const { conclude } = await import('../analysis/conclude.ts');
    const { sinceBaseline } = await import('../compare/since-baseline.ts');
    const { EXIT } = await import('../analysis/judge/verdict.ts');
    const { verdictLine } = await import('../analysis/text/verdict-line.ts');
    const { removeParts } = await import('../analysis/outputs.ts');
    // Nothing is half-written but what is being packed.
    const unregister = signals.register({
      first: () => {
        removeParts(runDir);
        process.exit(INTERRUPTED);
      },
    });
    const { summary, reportPath, goingOn, notes } = await conclude(runDir, {
      added: (concluded, isGoingOn) => sinceBaseline(runDir, concluded, { goingOn: isGoingOn }),
    }).finally(unregister);
    console.log(verdictLine(summary, reportPath));
    for (const note of notes) console.error(note);
    if (goingOn) console.log('The run is still going on: its runner will conclude it when it ends.');
    // By the verdict alone: that the run was interrupted once does not interrupt this.
    return EXIT[summary.verdict];
  },
});

/** Gives the exit code of the verdict by these limits. */
async function printTrial(runDir: string, thresholds: string): Promise<number> {
  const { tryLimits } = await import('../analysis/conclude.ts');
  const { EXIT } = await import('../analysis/judge/verdict.ts');
  const { verdictLine } = await import('../analysis/text/verdict-line.ts');
  const { loadThresholds } = await import('../config/thresholds.ts');
  const { checkLimitNames } = await import('../runner/preflight/limit-names.ts');
  const { profiles, verdict } = readRunJson(runDir);
  await checkLimitNames(loadThresholds(thresholds, profiles), profiles);
  const summary = await tryLimits(runDir, { thresholds });
  console.log(verdictLine(summary));
  const kept = verdict === undefined ? '' : `; the run keeps its verdict: ${verdict}`;
  console.log(`\nTried out with ${thresholds}. Nothing was written${kept}.`);
  return EXIT[summary.verdict];
}
