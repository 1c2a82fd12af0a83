/** `npx loadtest run`: one profile, or several at once as one run. */
import { ParallelRun } from '../artillery/parts/parallel-run.ts';
import { handDown } from '../config/environment.ts';
import { type Command, optionsOf } from './command.ts';
import { aboutProfile, profileFiles, profileNames } from './run/profiles.ts';
import { runSingle } from './run/single.ts';

const run: Command = {
  about: 'runs a profile, or several at once as one run with one verdict',
  help: `npx loadtest run <profile> [<profile> …] [--duration <time>] [--vus <users>] [--label <name>] [--list]

Runs profiles: names of files in artillery/, or paths of Artillery scripts. One is run as \`npx artillery run\` does it.
Several are run at once, a process each, against one target: one run directory, one report, one verdict. Each profile's
limits (config/thresholds.yml) are held against what its own users saw; the generator's health is that of all processes
together. No two of them share an account. Profiles that look for the target's limit (stress, capacity) or cross its
rate limits (rate-limit) are run by themselves.

  --duration <time>     as DURATION: the length of each profile, e.g. 5m
  --vus <users>         as VUS: the users of each profile
  --label <name>        as LABEL: goes into the run directory's name
  --list                prints the profiles that there are

Exit code: 0 pass or warn, 1 a gate failed, 2 wrong use or configuration, 3 the run is invalid, 4 target unreachable,
130 interrupted (once more: at once).

Example: npx loadtest run load swaps compliance --duration 5m`,

  async run(words) {
    const { values, positionals } = optionsOf('run', words, {
      duration: { type: 'string' },
      vus: { type: 'string' },
      label: { type: 'string' },
      list: { type: 'boolean' },
    });
    if (values.list) {
      for (const name of profileNames()) console.log(`${name.padEnd(20)} ${aboutProfile(name)}`);
      return 0;
    }
    const profiles = profileFiles(positionals);
    if (values.duration !== undefined) handDown({ DURATION: values.duration });
    if (values.vus !== undefined) handDown({ VUS: values.vus });
    if (values.label !== undefined) handDown({ LABEL: values.label });
    const [only] = profiles;
    return only && profiles.length === 1 ? runSingle(only.file) : new ParallelRun(profiles).run();
  },
};

export default run;
