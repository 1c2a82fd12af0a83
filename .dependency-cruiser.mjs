/**
 * The directions between the rooms (docs/configuration.md draws them):
 *
 *   config → fixtures (data, accounts) → measure → flows, api → runners (artillery, tests, cli, bench)     while it runs
 *   config → analysis → runners                                                                 afterwards
 *   fixtures/scheduler: a program of its own
 *
 * What runs and what concludes meet in the run directory only, and in the types that describe it: measure/run.
 * Those types may be named by config and fixtures too; their code may not.
 */
const ROOMS = [
  'config',
  'fixtures',
  'measure',
  'flows',
  'api',
  'analysis',
  'artillery',
  'cli',
  'bench',
  'tests',
];

/** fixtures/ without the scheduler: data and accounts. */
const FIXTURES = 'fixtures(?!/scheduler/)';
const RUN_TYPES = 'measure/run';

/** A room may import itself, packages, and `allowed` (patterns of paths); any other room is an error. */
function room(name, allowed, comment, path = name) {
  return {
    name: `${name.replaceAll('/', '-')}-imports-only-what-it-may`,
    comment,
    severity: 'error',
    from: { path: `^${path}/` },
    to: { path: `^(${ROOMS.join('|')})/`, pathNot: [path, ...allowed].map((start) => `^${start}/`) },
  };
}

/** As `room`, and types of the run directory may be named, but nothing of it may be run. */
function roomWithRunTypes(name, allowed, comment, path = name) {
  return [
    room(name, [...allowed, RUN_TYPES], comment, path),
    {
      name: `${name}-names-types-of-the-run-only`,
      comment:
        'The run directory is described further down the line; only `import type` reaches it from here.',
      severity: 'error',
      from: { path: `^${path}/` },
      to: { path: `^${RUN_TYPES}/`, dependencyTypesNot: ['type-only'] },
    },
  ];
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...roomWithRunTypes('config', [], 'Everything stands on config; it stands on nothing.'),
    ...roomWithRunTypes('fixtures', ['config'], 'Data is made before anything is measured.', FIXTURES),
    room('measure', ['config', FIXTURES], 'Measuring knows neither journeys nor conclusions.'),
    room(
      'flows',
      ['config', FIXTURES, 'measure'],
      'A journey knows neither its runner nor what is concluded.',
    ),
    room(
      'api',
      ['config', FIXTURES, 'measure'],
      'An operation knows neither its runner nor what is concluded.',
    ),
    room(
      'analysis',
      ['config', RUN_TYPES],
      'A run made elsewhere, long ago, must be readable by analysis alone.',
    ),
    room(
      'fixtures/scheduler',
      [],
      'The embedded scheduler is a program of its own: it must not share our mistakes.',
    ),
    {
      name: 'scheduler-is-started-not-imported',
      comment: 'It runs as a process of its own; only its tests look inside.',
      severity: 'error',
      from: { path: `^(${ROOMS.join('|')})/`, pathNot: '^(fixtures/scheduler|tests)/' },
      to: { path: '^fixtures/scheduler/' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'What only tests need stays with them.',
      severity: 'error',
      from: { pathNot: '^(tests/|playwright\\.config\\.ts$)' },
      to: { path: '^tests/' },
    },
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or three. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
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
