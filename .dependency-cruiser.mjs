/**
 * The directions between the rooms (docs/architecture.md draws them):
 *
 *   config → fixtures → measure → flows, api → runner → artillery, playwright, benchmarks, lighthouse → cli     while it runs
 *   config, measure/run → analysis → runner and whatever stands on it                         afterwards
 *   config, measure/run, analysis → compare → runner, cli                                     several runs
 *   config, measure/run, analysis → exports → runner, cli                                     to other tools
 *   fixtures/scheduler: a program of its own; docker: images, and what stands beside them
 *
 * What runs and what concludes meet in the run directory only, and in the types that describe it: measure/run.
 */
const FIXTURES = 'fixtures(?!/scheduler/)';
const RUN = 'measure/run';
/** One file that reads nothing: chance that can be repeated. */
const SEEDED = 'fixtures/data/random';
const BELOW_RUNNER = ['config', FIXTURES, 'measure', 'flows', 'api', 'analysis'];

/** Room → the rooms that it may import, and why no others. A room may always import itself. */
const DIRECTIONS = {
  config: [[], 'Everything stands on config; it stands on nothing.'],
  [FIXTURES]: [['config'], 'Data is made before anything is measured.'],
  [RUN]: [['config'], 'It describes what a run leaves, for runners and for analysis.'],
  measure: [['config', FIXTURES], 'Measuring knows neither journeys nor conclusions.'],
  flows: [['config', FIXTURES, 'measure'], 'A journey knows neither its runner nor what is concluded.'],
  api: [['config', FIXTURES, 'measure'], 'An operation knows neither its runner nor what is concluded.'],
  analysis: [['config', RUN, SEEDED], 'A run made elsewhere, long ago, must be readable by analysis alone.'],
  compare: [
    ['config', RUN, 'analysis'],
    'Runs are compared by what was concluded of them, wherever they were made.',
  ],
  exports: [
    ['config', RUN, 'analysis'],
    'Other tools get what was concluded of a run, or what it has written so far; they are not in its way.',
  ],
  runner: [
    [...BELOW_RUNNER, 'compare', 'exports'],
    'What all ways to run share knows none of them; it gives reports what changed since the baseline.',
  ],
  artillery: [[...BELOW_RUNNER, 'runner'], 'The ways to run do not know each other.'],
  playwright: [[...BELOW_RUNNER, 'runner'], 'The ways to run do not know each other.'],
  benchmarks: [[...BELOW_RUNNER, 'runner'], 'The ways to run do not know each other.'],
  lighthouse: [[...BELOW_RUNNER, 'runner'], 'The ways to run do not know each other.'],
  docker: [['config'], 'Images and dashboards know the suite by its commands and names alone.'],
  'fixtures/scheduler': [
    [],
    'The embedded scheduler is a program of its own: it must not share our mistakes.',
  ],
};
const ALL = [
  ...['config', 'fixtures', 'measure', 'flows', 'api', 'analysis', 'compare', 'exports', 'runner'],
  ...['artillery', 'playwright', 'benchmarks', 'lighthouse', 'cli', 'docker', 'tools', 'tests'],
];

const nameOf = (room) => room.replace(/\(.*/, '').replaceAll('/', '-');

const directions = Object.entries(DIRECTIONS).map(([room, [allowed, comment]]) => ({
  name: `${nameOf(room)}-imports-only-what-it-may`,
  comment,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: `^(${ALL.join('|')})/`, pathNot: [room, ...allowed].map((start) => `^${start}(/|[.]ts$)`) },
}));

/** Writes docs/reference.md from the commands' own declarations. */
const READERS = { cli: ['tools/reference'] };
/** Programs that are started by a person, by npm or by a test runner: nobody imports them. */
const programs = ['cli', 'docker', 'tools', 'tests'].map((room) => ({
  name: `${room}-${/s$/.test(room) ? 'are' : 'is'}-not-imported`,
  comment: 'A program is started. What others need of it belongs into a room below it.',
  severity: 'error',
  from: { pathNot: `^(${[room, 'tests', ...(READERS[room] ?? [])].join('|')})/` },
  to: { path: `^${room}/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...directions,
    ...programs,
    {
      name: 'scheduler-is-started-not-imported',
      comment: 'It runs as a process of its own; only its tests look inside.',
      severity: 'error',
      from: { path: `^(${ALL.join('|')})/`, pathNot: '^(fixtures/scheduler|tests)/' },
      to: { path: '^fixtures/scheduler/' },
    },
    {
      name: 'no-circle',
      comment: 'Two files that need each other, if only by a type, are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-folder-circle',
      comment: 'Two folders that need each other are one folder, or three.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere escapes every other rule.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules|reports|\\.cache|dist)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
