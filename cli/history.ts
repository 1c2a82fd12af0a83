/** `npx loadtest history`: the figures of all runs, on this machine and in a store that several share. */
import { command, type Group } from '../config/command-line/definition.ts';

const exits = { passed: 'done', wrongUse: true } as const;

const history: Group = {
  commands: {
    add: {
      about: 'add runs to the history of this machine',
      ...command({
        argument: ['[run...]', 'run directories, or their names (default: the newest run in REPORTS_DIR)'],
        options: {},
        details: `Keeps the figures of a run in a small file, reports/history/runs/<environment>/<profile>/<run>.json beside REPORTS_DIR: the
directory of the run may go. Runs that failed belong to it too. A run that is invalid or was broken off is refused, as is one
that is in the history already; then none is added.`,
        examples: ['npx loadtest history add', 'npx loadtest history add reports/runs/2026-11-2*-load'],
        exits,
        run: async (_, runs) => (await import('./history/add.ts')).addToHistory(runs),
      }),
    },
    list: {
      about:
        'list what the history of this machine keeps: runs of each environment and profile, and their dates',
      ...command({
        options: {},
        examples: ['npx loadtest history list'],
        exits,
        run: async () => (await import('./history/list.ts')).listHistory(),
      }),
    },
  },
};

export default history;
