/** The commands of `npx loadtest`, in the order of its help, a line each. The file of a command is loaded when it is asked for. */
import type { Definition } from '../config/command-line/definition.ts';

type Load = () => Promise<{ default: Definition }>;
type Commands = Readonly<Record<string, readonly [about: string, load: Load]>>;

/** By what one wants to do; within each what is used most comes first. */
export const COMMAND_GROUPS = {
  'Measure:': {
    run: ['run a profile, or several at once as one run with one verdict', () => import('./run.ts')],
    try: ['run one journey once and print what it does', () => import('./try.ts')],
    audit: ['audit pages and journeys with Lighthouse, signed in', () => import('./audit.ts')],
    bench: ['time single API operations one after the other, without any load', () => import('./bench.ts')],
  },
  'Read a run:': {
    analyze: ['print what a run shows, and what to improve first', () => import('./analyze.ts')],
    report: [
      'rebuild verdict and report of a run directory, even of a run that was killed',
      () => import('./report.ts'),
    ],
    budgets: [
      'propose budgets from kept runs, and list the budgets that are broken',
      () => import('./budgets.ts'),
    ],
  },
  'Compare runs:': {
    ab: [
      'compare two builds, measured in turn on this machine: is B slower than A?',
      () => import('./ab.ts'),
    ],
    baseline: ['keep sets of runs that later runs are compared with', () => import('./baseline.ts')],
    detect: ['compare runs with a baseline: are they slower?', () => import('./detect.ts')],
    compare: ['show two runs side by side, and what differs between them', () => import('./compare.ts')],
    trend: [
      'find when a figure became better or worse, in all runs of a profile',
      () => import('./trend.ts'),
    ],
  },
  'Prepare a target:': {
    doctor: [
      'check machine, target, accounts and data, and explain how to fix problems',
      () => import('./doctor.ts'),
    ],
    accounts: [
      'write a file of accounts to fill in, or make the accounts on a target',
      () => import('./accounts.ts'),
    ],
    seed: [
      'fill a deployment with data of a known size, or remove the data again',
      () => import('./seed.ts'),
    ],
    api: [
      'list the API operations, or check that a target still follows the API contract',
      () => import('./api.ts'),
    ],
    clean: [
      'remove what runs left behind on a target, and list what cannot be removed',
      () => import('./clean.ts'),
    ],
  },
  'Operate:': {
    alert: ['send alerts about failed, slow or missing runs, by rules', () => import('./alert.ts')],
    upload: ['send the figures of a run to InfluxDB, Prometheus or OTLP', () => import('./upload.ts')],
    history: [
      'keep the figures of all runs, here and in a store that several machines share',
      () => import('./history.ts'),
    ],
    site: [
      'make a site of all runs: a page for each, their trends, and service levels by month',
      () => import('./site.ts'),
    ],
    prune: ['delete data of old runs: first the samples, later the figures too', () => import('./prune.ts')],
  },
} as const satisfies Record<string, Commands>;

export const COMMANDS: Commands = Object.assign({}, ...Object.values(COMMAND_GROUPS));
