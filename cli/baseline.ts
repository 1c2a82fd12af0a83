/** `npx loadtest baseline`: sets of runs that later runs are compared with, and slowdowns that are intended. */
import { command, type Group } from '../config/command-line/definition.ts';
import { flag, text } from '../config/command-line/option.ts';

const exits = { passed: 'done', wrongUse: true } as const;
const NAMED = 'a file, or <environment>/<profile> as `baseline list` shows it';

const baseline: Group = {
  commands: {
    add: {
      about: 'add runs to the baseline of their environment and profile',
      ...command({
        argument: ['[run...]', 'run directories, or their names (default: the newest run in REPORTS_DIR)'],
        options: {
          note: text('--note <text>', 'a note about these runs'),
          force: flag('--force', 'add a run that failed or is unlike the others; every result will say so'),
        },
        details: `A baseline is a set of runs of one profile on one environment. Five runs make it complete: they show how much runs of one version
differ. It is a small file for git: baselines/<environment>/<profile>.json, next to the folder REPORTS_DIR (default reports/runs). A run that failed, or
that is unlike the first run of the baseline, is refused; --force adds it. An invalid run is always refused.
docs/comparison.md says which runs are alike.`,
        examples: [
          'npx loadtest baseline add --note "release 1.4"',
          'npx loadtest baseline add reports/runs/2026-11-2*-load',
        ],
        exits,
        run: async (values, runs) => (await import('./baseline/add.ts')).addRuns(values, runs),
      }),
    },
    list: {
      about: 'list the baselines, with the number and the dates of their runs',
      ...command({
        options: {},
        examples: ['npx loadtest baseline list'],
        exits,
        run: async () => (await import('./baseline/list.ts')).listBaselines(),
      }),
    },
    show: {
      about: 'print the runs of a baseline, and the figures that decide a comparison',
      ...command({
        argument: ['<baseline>', NAMED],
        options: {},
        examples: ['npx loadtest baseline show embedded/load'],
        exits,
        run: async (_, [named = '']) => (await import('./baseline/show.ts')).showBaseline(named),
      }),
    },
    docs: {
      about: 'write docs/baselines.md: the figures of the baselines, for readers',
      ...command({
        options: { markdown: text('--markdown <file>', 'write another file (default: docs/baselines.md)') },
        details: `The page has, for each baseline: environment, primary figures with their spread over the runs, operations, pages, the target's CPU,
memory and caches (if its metrics were read), and the list of its runs. Without a baseline it says how to make one. It reads
reports/baselines and reports/history, beside REPORTS_DIR.`,
        examples: ['npx loadtest baseline docs', 'npx loadtest baseline docs --markdown baselines.md'],
        exits,
        run: async (values) => (await import('./baseline/docs.ts')).writeBaselinesPage(values),
      }),
    },
    accept: {
      about: 'excuse an intended slowdown, or list the excused ones',
      ...command({
        options: {
          metric: text('--metric <metric>', 'as config/thresholds.yml calls it; * stands for any name'),
          limit: text(
            '--limit <change>',
            'how much worse it may become, in percent; for a share in percentage points',
          ),
          reason: text('--reason <text>', 'why it is intended'),
          until: text('--until <date>', 'last day on which it is excused, as YYYY-MM-DD'),
        },
        details: `Adds an entry to accepted.yml, next to the folder REPORTS_DIR (default reports/runs); review that file like code. An entry holds
for every baseline and comparison, and every comparison prints it.
Without options it lists them.`,
        examples: [
          'npx loadtest baseline accept --metric class.crud.p95 --limit 30 --reason "signs each row" --until 2027-03-31',
        ],
        exits,
        run: async (values) => (await import('./baseline/accept.ts')).acceptSlowdown(values),
      }),
    },
    rm: {
      about: 'remove runs from a baseline; when you remove the last run, its file is deleted too',
      ...command({
        argument: ['<baseline-and-runs...>', `${NAMED}; then the runs to remove, by their names`],
        options: {},
        examples: ['npx loadtest baseline rm embedded/load 2026-11-23T09-00-16Z-load'],
        exits,
        run: async (_, words) => (await import('./baseline/remove.ts')).removeRuns(words),
      }),
    },
  },
};

export default baseline;
