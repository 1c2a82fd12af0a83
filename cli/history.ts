/** `npx loadtest history`: the figures of all runs, on this machine and in a store that several share. */
import { command, type Group } from '../config/command-line/definition.ts';
import { text } from '../config/command-line/option.ts';

const exits = { passed: 'done', wrongUse: true } as const;
const exitsOfStore = { ...exits, interrupted: true } as const;
const branch = text('--branch <name>', 'branch of the git repository (default: performance-history)');
const ofStore = {
  store: text('--store <where>', 'a directory, or the URL or path of a git repository'),
  branch,
};

const history: Group = {
  commands: {
    add: {
      about: 'add runs to the history of this machine',
      ...command({
        argument: ['[run...]', 'run directories, or their names (default: the newest run in REPORTS_DIR)'],
        options: {},
        details: `Keeps the figures of each run in a small file, reports/history/runs/<environment>/<profile>/<run>.json, beside REPORTS_DIR. The run
directory can then be removed. Add runs that failed too. A run that is invalid, was cut off, or is in the history already is
refused; then none is added.`,
        examples: ['npx loadtest history add', 'npx loadtest history add reports/runs/2026-11-2*-load'],
        exits,
        run: async (_, runs) => (await import('./history/add.ts')).addToHistory(runs),
      }),
    },
    list: {
      about: 'list the history of this machine: runs of each environment and profile, and their dates',
      ...command({
        options: {},
        examples: ['npx loadtest history list'],
        exits,
        run: async () => (await import('./history/list.ts')).listHistory(),
      }),
    },
    push: {
      about: 'add the history and the baselines of this machine to a store',
      ...command({
        options: ofStore,
        details: `A store is a directory, or a branch of a git repository; if the branch is missing, it is made. Everything in the store stays; a
baseline gets the runs that it lacks. For a repository a temporary clone is used: no other clone, working tree or index is
touched. If somebody else pushes meanwhile, it tries again with their changes, at most eight times, and never forces.
docs/history.md has more.`,
        examples: [
          'npx loadtest history push --store https://git.example.org/scheduler.git',
          'npx loadtest history push --store /mnt/team/performance',
        ],
        exits: exitsOfStore,
        run: async (values) => (await import('./history/exchange.ts')).pushHistory(values),
      }),
    },
    pull: {
      about: 'add the runs and the baselines of a store to those of this machine',
      ...command({
        options: ofStore,
        details: `Runs go to reports/history/, baselines to reports/baselines/, both beside REPORTS_DIR. Everything here stays; a baseline gets the
runs that it lacks.`,
        examples: ['npx loadtest history pull --store https://git.example.org/scheduler.git'],
        exits: exitsOfStore,
        run: async (values) => (await import('./history/exchange.ts')).pullHistory(values),
      }),
    },
  },
};

export default history;
