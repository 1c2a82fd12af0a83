/** `npx loadtest report`: concludes a run directory anew, also one that a killed run left. */
import { resolve } from 'node:path';
import { conclude } from '../analysis/conclude.ts';
import { EXIT } from '../analysis/judge/verdict.ts';
import { verdictLine } from '../analysis/text/verdict-line.ts';
import { readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { newestRun } from '../measure/run/directory.ts';
import { type Command, optionsOf } from './command.ts';

const report: Command = {
  about: 'makes verdict and report of a run directory anew, also of a killed run',
  help: `npx loadtest report [<directory>] [--thresholds <file>]

Reads run.json and samples.ndjson (or its .gz) of a run directory; writes summary.json, index.html, summary.md and
junit.xml beside them; prints the verdict and where the report is. Needs nothing but the directory: a run made long ago
or on another machine will do. Of a run that is still going on it shows the figures so far, and leaves its samples as
they are. What cannot be read of a damaged file is left out and counted.

  <directory>           default: the newest run in REPORTS_DIR
  --thresholds <file>   limits to judge by; default: config/thresholds.yml

Exit code: 0 pass or warn, 1 a gate failed, 2 wrong use, no run directory, or the report cannot be written,
3 the run is invalid (killed, damaged, the generator in trouble).

Example: npx loadtest report reports/runs/2026-11-23T09-00-16Z-load`,

  async run(words) {
    const { values, positionals } = optionsOf('report', words, { thresholds: { type: 'string' } });
    if (positionals.length > 1)
      throw new ConfigError(
        `loadtest report: ${positionals[1]}: one run directory at a time; see \`npx loadtest report --help\``,
      );
    const [given] = positionals;
    const runDir = given ? resolve(given) : newestRun(readEnvironment().reportsDir);
    const { summary, reportPath, goingOn, notes } = await conclude(runDir, { thresholds: values.thresholds });
    console.log(verdictLine(summary, reportPath));
    for (const note of notes) console.error(note);
    if (goingOn) console.log('The run is still going on: its runner will conclude it when it ends.');
    // By the verdict alone: that the run was interrupted once does not interrupt this.
    return EXIT[summary.verdict];
  },
};

export default report;
