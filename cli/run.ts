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
    duration: text('--duration <time>', 'as DURATION: the length of each profile, e.g. 5m'),
    vus: text('--vus <users>', 'as VUS: the concurrent users of each profile'),
    label: text('--label <name>', "as LABEL: goes into the run directory's name"),
    list: flag('--list', 'print the profiles and run none'),
  },
  details: `One profile runs as with \`npx artillery run\`. Several run at once, a process each, against one target: one run
directory, one report, one verdict. Each profile's limits (config/thresholds.yml) are compared with what its own users
saw; the generator's health is that of all processes together. No two of them share an account. Profiles that search
for the target's limit (stress, capacity) or cross its rate limits (rate-limit) run alone.`,
  examples: ['npx loadtest run load swaps compliance --duration 5m'],
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
