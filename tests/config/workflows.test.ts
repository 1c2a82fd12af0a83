/** What each workflow may do, by its file: rights, pins, scripts; and what docs/ci.md gives to copy fits what it calls. */
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { COMMANDS } from '../../cli/commands.ts';
import { ROOT } from '../../config/environment.ts';
import { documentedWorkflows, PAGES_WITH_WORKFLOWS } from '../../tools/documented-workflows.ts';
import { unpinnedActions } from '../../tools/unpinned-actions.ts';
import { enoughAccounts } from '../cli/enough-accounts.ts';

interface Step {
  name?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
}
interface Job {
  uses?: string;
  needs?: string | string[];
  if?: string;
  env?: Record<string, string>;
  steps?: Step[];
  with?: Record<string, unknown>;
  secrets?: Record<string, unknown>;
  permissions?: Record<string, string>;
  'timeout-minutes'?: number;
}
interface Workflow {
  name: string;
  on: Record<string, { inputs?: object; secrets?: object; workflows?: string[] }> | string;
  permissions: Record<string, string>;
  concurrency?: object;
  jobs: Record<string, Job>;
}

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const files = globSync('.github/workflows/*.yml', { cwd: ROOT }).sort();
const actions = globSync(['.github/actions/*/action.yml', 'tools/*/action.yml'], { cwd: ROOT }).sort();
const own = files.map((file) => ({ file, text: read(file), workflow: parse(read(file)) as Workflow }));
const documented = PAGES_WITH_WORKFLOWS.flatMap((page) =>
  documentedWorkflows(read(page)).map(({ name, text }) => ({
    file: `${page}, ${name}`,
    text,
    workflow: parse(text) as Workflow,
  })),
);
const all = [...own, ...documented];

/** Rights to write, as `file job: right`. */
const WRITES = [
  '.github/workflows/load-tests.yml history: contents',
  '.github/workflows/release.yml release: contents',
  'docs/ci.md, deploy.yml load-tests: contents',
  'docs/ci.md, performance-comment.yml comment: checks',
  'docs/ci.md, performance-comment.yml comment: pull-requests',
  'docs/site.md, site.yml publish: id-token',
  'docs/site.md, site.yml publish: pages',
];

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);
const named = (name: string) => all.find(({ file }) => file.endsWith(name))?.workflow as Workflow;
const callOf = (name: string) => Object(named(name).on).workflow_call;

test('there are five workflows, three actions, and four workflows to copy', () => {
  assert.deepEqual([files.length, actions.length, documented.length], [5, 3, 4]);
});

describe('each workflow', () => {
  for (const { file, text, workflow } of all) {
    test(`${file}: no right but to read, but for jobs that are known`, () => {
      assert.ok(Object.values(workflow.permissions).every((right) => right === 'read'));
      const writes = Object.entries(workflow.jobs).flatMap(([job, { permissions = {} }]) =>
        Object.entries(permissions).flatMap(([of, right]) =>
          right === 'read' ? [] : `${file} ${job}: ${of}`,
        ),
      );
      assert.deepEqual(
        writes.sort(),
        WRITES.filter((one) => one.startsWith(`${file} `)),
      );
      assert.doesNotMatch(text, /pull_request_target|secrets: inherit/);
    });

    test(`${file}: what somebody else wrote is no part of a script, and scripts are short or in files`, () => {
      for (const { run = '' } of stepsOf(workflow)) {
        assert.doesNotMatch(run, /\$\{\{/, 'give it as a variable');
        assert.ok(run.trim().split('\n').length <= 3, `more than three lines: ${run}`);
        for (const [script] of run.matchAll(/[\w./-]+\.sh\b/g))
          assert.ok(existsSync(join(ROOT, script)), script);
      }
    });
  }
});

describe('each workflow of this repository', () => {
  for (const { file, text, workflow } of own) {
    test(`${file}: actions are pinned, no checkout keeps its token, nothing is kept or goes on for ever`, () => {
      assert.deepEqual(unpinnedActions(file, text), []);
      assert.ok(workflow.concurrency);
      for (const job of Object.values(workflow.jobs)) assert.ok(job['timeout-minutes']);
      for (const { uses = '', with: given = {} } of stepsOf(workflow)) {
        if (uses.startsWith('actions/checkout@')) assert.equal(given['persist-credentials'], false);
        if (uses.startsWith('actions/upload-artifact@')) assert.ok(Number(given['retention-days']) <= 90);
      }
    });
  }
});

for (const file of actions)
  test(`${file}: actions are pinned, inputs are no part of a script, and nothing is kept for ever`, () => {
    assert.deepEqual(unpinnedActions(file, read(file)), []);
    const { steps = [] } = parse(read(file)).runs as { steps?: Step[] };
    for (const { run = '', uses = '', with: given = {} } of steps) {
      assert.doesNotMatch(run, /\$\{\{/);
      if (uses.startsWith('actions/upload-artifact@')) assert.ok(Number(given['retention-days']) <= 90);
    }
  });

test('the workflow that publishes the site uses nothing but pinned actions, and what publishes runs nothing else', () => {
  assert.deepEqual(unpinnedActions('docs/site.md', read('docs/site.md')), []);
  const { publish } = named('docs/site.md, site.yml').jobs;
  assert.deepEqual(
    publish?.steps?.map(({ uses = '' }) => uses.split('@')[0]),
    ['actions/deploy-pages'],
  );
});

test('what may write to pull requests checks nothing out and runs nothing but the action', () => {
  const { on, jobs } = named('performance-comment.yml');
  assert.deepEqual(Object(on).workflow_run.workflows, [named('docs/ci.md, performance.yml').name]);
  assert.deepEqual(stepsOf({ jobs } as Workflow), [
    { uses: 'OWNER/residency-load-suite/tools/comment@COMMIT' },
  ]);
});

test('compare.yml has no secret, runs only for the event pull_request and with a target, and keeps what the comment reads', () => {
  const text = read('.github/workflows/compare.yml');
  assert.doesNotMatch(text, /secrets/);
  const { jobs } = named('compare.yml');
  assert.match(
    jobs.compare?.if ?? '',
    /event_name == 'pull_request' && \(inputs\.start-head != '' \|\| inputs\.compose-file != ''\)/,
  );
  const kept = stepsOf({ jobs } as Workflow).flatMap(({ with: given }) =>
    given?.archive === false ? given.path : [],
  );
  const reads = [...read('tools/comment/found.ts').matchAll(/'(comparison\.\w+)'/g)].map(
    ([, name]) => `result/${name}`,
  );
  assert.deepEqual(kept.sort(), [...new Set(reads)].sort());
});

for (const [caller, called] of [
  ['docs/ci.md, performance.yml', 'compare.yml'],
  ['deploy.yml', 'load-tests.yml'],
] as const)
  test(`${caller} gives ${called} inputs and rights that it has`, () => {
    const [job] = Object.values(named(caller).jobs);
    assert.equal(job?.uses, `OWNER/residency-load-suite/.github/workflows/${called}@COMMIT`);
    const { inputs = {}, secrets = {} } = callOf(called);
    const unknown = (given = {}, known: object) => Object.keys(given).filter((name) => !(name in known));
    assert.deepEqual([unknown(job?.with, inputs), unknown(job?.secrets, secrets)], [[], []]);
    // A called job cannot have more than its caller: GitHub refuses to start it.
    const rights = { ...named(caller).permissions, ...job?.permissions };
    for (const { permissions = {} } of Object.values(named(called).jobs))
      for (const [of, right] of Object.entries(permissions))
        assert.ok([right, 'write'].includes(rights[of] ?? ''), of);
  });

test('compare.yml gives each input to compare.sh, which reads it', () => {
  const step = stepsOf(named('compare.yml')).find(({ run = '' }) => run.includes('compare.sh'));
  const script = read('.github/scripts/compare.sh');
  for (const input of Object.keys(callOf('compare.yml').inputs)) {
    const variable = `PERF_${input.toUpperCase().replaceAll('-', '_')}`;
    assert.equal(step?.env?.[variable], `\${{ inputs.${input} }}`);
    assert.match(script, new RegExp(`\\$(?:\\{)?${variable}\\b`), `compare.sh reads ${variable}`);
  }
});

test('docs/ci.md describes each input of compare.yml', () => {
  const page = read('docs/ci.md');
  const [table = ''] = page.slice(page.indexOf('| Input |')).split('\n\n');
  const described = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w-]+)`/g)].map(([, name]) => name),
  );
  assert.deepEqual(described.sort(), Object.keys(callOf('compare.yml').inputs).sort());
});

test('smoke.yml audits where the input or the label asks for it, after the rest, and keeps the reports under a name of their own', () => {
  const { on, jobs } = named('smoke.yml');
  const { pull_request: event, workflow_dispatch: byHand } = Object(on);
  assert.ok(event.types.includes('labeled'), 'the label alone starts it');
  assert.equal(byHand.inputs.audit.type, 'boolean');
  const { smoke, audits } = jobs;
  assert.equal(audits?.needs, 'smoke');
  assert.match(
    audits?.if ?? '',
    /^\$\{\{ inputs\.audit \|\| contains\(github\.event\.pull_request\.labels\.\*\.name, 'audit'\) \}\}$/,
  );
  const kept = [smoke, audits].flatMap(({ steps = [] } = {}) =>
    steps.flatMap(({ uses = '', with: given }) =>
      uses.startsWith('actions/upload-artifact@') ? [given] : [],
    ),
  );
  assert.deepEqual(
    kept.map((given) => given?.name),
    ['reports', 'junit', 'audit-reports'],
  );
  assert.equal(kept.at(-1)?.path, kept[0]?.path);
  // Code of a fork reaches the deployment in neither.
  const targets = [smoke, audits].map(
    ({ steps = [] } = {}) => steps.find(({ uses }) => uses === './.github/actions/suite')?.with,
  );
  assert.match(String(targets[0]?.['base-url']), /head\.repo\.full_name == github\.repository/);
  assert.deepEqual(targets[1], targets[0]);
});

test('load-tests.yml goes from smoke to history, and takes by hand what it takes from a caller', () => {
  const { on, jobs } = named('load-tests.yml');
  assert.deepEqual(Object.keys(jobs), [
    'smoke',
    'load',
    'stress',
    'benchmarks',
    'audits',
    'report',
    'detection',
    'history',
  ]);
  assert.deepEqual(
    Object.values(jobs).map(({ needs = [] }) => [needs].flat().at(-1)),
    [undefined, 'smoke', 'load', 'stress', 'benchmarks', 'audits', 'report', 'detection'],
  );
  const measured = stepsOf({ jobs } as Workflow).filter(({ uses }) => uses === './.github/actions/measure');
  assert.deepEqual(
    measured.map(({ with: given }) => given?.artifact),
    ['smoke', 'load', 'stress', 'benchmarks', 'audits'].map((job) => `runs-${job}`),
    'all-runs.sh brings what is called so',
  );
  for (const { steps = [], env = {} } of Object.values(jobs))
    for (const { with: given } of steps) {
      const words = String(given?.command ?? '').split(' ');
      if (words[2] === 'run') enoughAccounts(words, env);
    }
  assert.match(read('.github/scripts/all-runs.sh'), /--pattern 'runs-\*'/);
  assert.deepEqual(Object.keys(on), ['schedule', 'push', 'workflow_call', 'workflow_dispatch']);
  assert.deepEqual(Object(on).workflow_dispatch.inputs, Object(on).workflow_call.inputs);
});

test('each command of the suite that a workflow or its script runs is one', () => {
  const texts = [...files, ...globSync('.github/scripts/*.sh', { cwd: ROOT })].map(read).join('\n');
  const verbs = new Set([...texts.matchAll(/npx loadtest ([a-z]+)/g)].map(([, verb = '']) => verb));
  assert.deepEqual([...verbs].sort(), ['ab', 'audit', 'baseline', 'bench', 'detect', 'history', 'run']);
  for (const verb of verbs) assert.ok(verb in COMMANDS, verb);
});
