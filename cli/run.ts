/** `npx loadtest run`: one profile, or several at once as one run. */
import { textTable } from '../analysis/text/text-table.ts';
import { command } from '../config/command-line/definition.ts';
import { RUN_EXITS } from '../config/command-line/exit-codes-help.ts';
import { flag, text } from '../config/command-line/option.ts';
import { setProcessEnv } from '../config/environment.ts';
import { PASSED } from '../config/exit-codes.ts';
import { profileNames } from '../config/profile-names.ts';
import { checkNamesPlugin } from './run/names-plugin.ts';
import { aboutProfile, profileFiles } from './run/profiles.ts';

export default command({
  argument: ['[profile...]', 'names of files in artillery/, or paths of Artillery scripts'],
  options: {
    duration: text('--duration <time>', 'length of each profile, e.g. 5m (as the variable DURATION)'),
    vus: text('--vus <users>', 'users of each profile (as the variable VUS)'),
    label: text('--label <name>', 'added to the name of the run directory (as the variable LABEL)'),
    list: flag('--list', 'print the profiles and run none'),
  },
  details: `One profile runs as with \`npx artillery run\`. Several run at the same time, each in a process of its own, against one target.
They leave one run directory, one report and one verdict. Each profile's limits (config/thresholds.yml) judge what its own
users saw. No two processes share an account. Three profiles must run alone: stress and capacity (how much the target carries)
and rate-limit (provokes 429). Each user needs an account: DATA_SIZE=large gives the embedded scheduler enough
accounts, and has no effect on any other target. Without a profile it prints the profiles that exist. docs/profiles.md explains profiles.`,
  examples: [
    'npx loadtest run smoke',
    'npx loadtest run load --duration 5m --vus 20',
    'DATA_SIZE=large npx loadtest run load swaps compliance --duration 5m',
  ],
  exits: { ...RUN_EXITS, interrupted: 'interrupted; a second interruption stops it at once' },

  async run({ duration, vus, label, list }, words) {
    if (list) {
      const rows = profileNames().map((name) => [name, aboutProfile(name)]);
      for (const line of textTable(rows)) console.log(line);
      return PASSED;
    }
    const profiles = profileFiles(words);
    for (const { file } of profiles) checkNamesPlugin(file);
    if (duration !== undefined) setProcessEnv({ DURATION: duration });
    if (vus !== undefined) setProcessEnv({ VUS: vus });
    if (label !== undefined) setProcessEnv({ LABEL: label });
    const [only] = profiles;
    if (only && profiles.length === 1) return (await import('./run/single.ts')).runSingle(only.file);
    const { ParallelRun } = await import('../artillery/parts/parallel-run.ts');
    return new ParallelRun(profiles).run();
  },
});
