/** `npx loadtest analyze`: what a run shows and what to do about it, on one screen after another. */
import { command } from '../config/command-line/definition.ts';
import { flag } from '../config/command-line/option.ts';
import { readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { PASSED } from '../config/exit-codes.ts';
import { visibleJson } from '../config/visible-text.ts';
import { newestRun } from '../measure/run/directory.ts';

export default command({
  argument: ['[run]', 'run directory, or its name (default: the newest run in REPORTS_DIR)'],
  options: { json: flag('--json', 'print the result as JSON') },
  details: `Reads summary.json of the run and prints, in 80 columns: summary, performance, reliability, thresholds, and recommendations. The
recommendations are the advice of the report, each with its evidence in the run; what would save users most time comes first.
It measures nothing and writes nothing. docs/advice.md explains the rules.`,
  examples: [
    'npx loadtest analyze',
    'npx loadtest analyze 2026-11-23T09-00-16Z-load',
    'npx loadtest analyze reports/runs/2026-11-23T09-00-16Z-load --json',
  ],
  exits: { passed: 'done, whatever the verdict', wrongUse: 'wrong use, or no concluded run' },

  async run({ json: asJson }, [named]) {
    const { readSummary, runDirectory } = await import('../compare/concluded-run.ts');
    const { analysisOf } = await import('../analysis/text/analysis.ts');
    const { analysisText } = await import('../analysis/text/analysis-text.ts');
    const { reportsDir } = readEnvironment();
    const runDir = named === undefined ? newestRun(reportsDir) : runDirectory(named, reportsDir);
    const summary = readSummary(runDir);
    if (summary.advice === undefined)
      throw new ConfigError(
        `${runDir}: concluded by an older suite, without advice. Conclude it again with \`npx loadtest report ${runDir}\`.`,
      );
    const analysis = analysisOf(summary);
    console.log(asJson ? visibleJson(JSON.stringify(analysis, null, 2)) : analysisText(analysis));
    return PASSED;
  },
});
