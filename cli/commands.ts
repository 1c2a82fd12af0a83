/** The commands of `npx loadtest`: a line each; its file is loaded when it is asked for. */
import type { Definition } from '../config/command-line/definition.ts';

type Load = () => Promise<{ default: Definition }>;

export const COMMANDS: Readonly<Record<string, readonly [about: string, load: Load]>> = {
  ab: [
    'tell whether one target is slower than another, both measured beside each other',
    () => import('./ab.ts'),
  ],
  accounts: [
    'write a file of accounts to fill in, or make the accounts on a target',
    () => import('./accounts.ts'),
  ],
  alert: [
    'send alerts of what is wrong, by rules, and send once more when it is over',
    () => import('./alert.ts'),
  ],
  analyze: [
    'print what a run shows, and what would give its users most time back',
    () => import('./analyze.ts'),
  ],
  api: [
    'list the API operations, or check that a target still fits their contract',
    () => import('./api.ts'),
  ],
  audit: ['audit pages and journeys with Lighthouse, signed in', () => import('./audit.ts')],
  baseline: ['keep sets of runs that later runs are compared with', () => import('./baseline.ts')],
  bench: ['time single API operations one after the other, without any load', () => import('./bench.ts')],
  budgets: ['propose budgets from kept runs, and name those that are broken', () => import('./budgets.ts')],
  clean: [
    'remove what runs left behind on a target, and list what cannot be removed',
    () => import('./clean.ts'),
  ],
  compare: ['show two runs side by side, and what differs between them', () => import('./compare.ts')],
  detect: ['tell whether current runs are slower than a baseline', () => import('./detect.ts')],
  doctor: [
    'check machine, target, accounts and data, and explain how to fix problems',
    () => import('./doctor.ts'),
  ],
  history: [
    'keep the figures of all runs, here and in a store that several machines share',
    () => import('./history.ts'),
  ],
  prune: ['remove what is older than it is kept: samples first, figures last', () => import('./prune.ts')],
  report: [
    'rebuild verdict and report of a run directory, even of a run that was killed',
    () => import('./report.ts'),
  ],
  run: ['run a profile, or several at once as one run with one verdict', () => import('./run.ts')],
  seed: ['fill a deployment with data of a known size, or remove that again', () => import('./seed.ts')],
  site: [
    'make a site of all runs: a page for each, their trends, and service levels by month',
    () => import('./site.ts'),
  ],
  trend: [
    'tell since when a figure is better or worse, by all runs of a profile',
    () => import('./trend.ts'),
  ],
  try: ['run one journey once and print what it does', () => import('./try.ts')],
  upload: ['send the figures of a run to a server of metrics', () => import('./upload.ts')],
};
