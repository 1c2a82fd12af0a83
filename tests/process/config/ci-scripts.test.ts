/** The scripts of the workflows, with stand-ins for npx, git, gh and docker that note how they were called. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';

/** Writes each word on a line of `calls`, and a line `--` after each call; then does what `$DO` says. */
const NOTES = `#!/bin/sh\n{ printf '%s\\n' "$(basename "$0")" "$@" --; } >> calls\neval "$DO"\n`;

function script(t: TestContext, name: string, variables: Record<string, string>, words: string[] = []) {
  const folder = temporaryFolder(t);
  const read = (file: string) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8') : '';
  mkdirSync(join(folder, 'bin'));
  for (const program of ['npx', 'docker', 'git', 'gh']) {
    writeFileSync(join(folder, 'bin', program), NOTES);
    chmodSync(join(folder, 'bin', program), 0o755);
  }
  const run = () => {
    const { status, stdout, stderr } = spawnSync('bash', [join(ROOT, '.github/scripts', name), ...words], {
      cwd: folder,
      encoding: 'utf8',
      env: childEnvironment({
        PATH: `${join(folder, 'bin')}:/usr/bin:/bin`,
        DO: '',
        GITHUB_ENV: join(folder, 'env'),
        GITHUB_STEP_SUMMARY: join(folder, 'page.md'),
        GITHUB_WORKSPACE: folder,
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'hospital/scheduler',
        GITHUB_RUN_ID: '77',
        RUNNER_TEMP: folder,
        RESULT: join(folder, 'result'),
        ...variables,
      }),
    });
    const calls = read('calls').split('\n--\n').filter(Boolean);
    return { status, said: stdout + stderr, calls: calls.map((call) => call.split('\n')) };
  };
  return { folder, run, read };
}

const INPUTS = {
  PERF_START_HEAD: `./start.sh 'a b' "$SIDE"`,
  PERF_START_BASE: '',
  PERF_COMPOSE_FILE: '',
  PERF_SEED: '',
  PERF_RESTORE: '',
  PERF_ACCOUNTS_FILE: '',
  PERF_PROFILE: 'ab',
  PERF_JOURNEYS: '',
  PERF_TIME_LIMIT: '15m',
  PERF_THRESHOLD: '10',
};
/** Leaves the files of a comparison, ends with 1, and runs what `--a` and `--restore-b` say. */
const COMPARES = `
echo "$ENVIRONMENT" >> "$ACCOUNTS_FILE"
while [ $# -gt 0 ]; do case $1 in
  --a) sh -c "$(echo "$2" | sed 's/{accounts}/a.yml/')" ;;
  --restore-b) sh -c "$2" ;;
esac; shift; done
mkdir -p "$RESULT/runs/ab/now"; cd "$RESULT/runs/ab/now"; touch comparison.json comparison.html
echo '[report](REPORT_URL)' > "$RESULT/comparison.md"; exit 1`;

const after = (call: string[] = [], option: string) => call[call.indexOf(option) + 1];

test('compare.sh: sides start in their checkouts by commands with any quotes, and what ab leaves is the result', (t) => {
  const { folder, run, read } = script(t, 'compare.sh', {
    ...INPUTS,
    DO: COMPARES,
    PERF_RESTORE: 'echo "$SIDE" > restored',
    PERF_SEED: 'medium',
    PERF_JOURNEYS: 'view my schedule\n\nread my schedule over HTTP\n',
    PERF_ACCOUNTS_FILE: 'tests/accounts.yml',
  });
  for (const side of ['base', 'head']) {
    mkdirSync(join(folder, side, 'tests'), { recursive: true });
    writeFileSync(join(folder, side, 'tests/accounts.yml'), 'of the checkout\n');
    writeFileSync(
      join(folder, side, 'start.sh'),
      'printf "%s|" "$@" "$ACCOUNTS" "$(printenv ENVIRONMENT)" > started',
    );
    chmodSync(join(folder, side, 'start.sh'), 0o755);
  }
  const { status, calls } = run();
  assert.equal(status, 1);
  assert.equal(read('base/started'), 'a b|base|a.yml||');
  assert.equal(read('head/restored'), 'head\n');
  const [call = []] = calls;
  assert.deepEqual(call.slice(call.indexOf('--journeys')), [
    '--journeys',
    'view my schedule',
    'read my schedule over HTTP',
  ]);
  assert.deepEqual(
    ['--profile', '--threshold', '--time-limit', '--seed'].map((one) => after(call, one)),
    ['ab', '10', '15m', 'medium'],
  );
  // What the comparison adds to the accounts is in a copy.
  assert.equal(read('accounts.yml'), 'of the checkout\nci\n');
  assert.equal(read('head/tests/accounts.yml'), 'of the checkout\n');
  assert.ok(existsSync(join(folder, 'result/comparison.html')));
  assert.equal(
    read('page.md'),
    '[report](https://github.com/hospital/scheduler/actions/runs/77#artifacts)\n',
  );
});

test('compare.sh: of a compose file the images are built first, and without any round there is no result', (t) => {
  const { folder, run, read } = script(t, 'compare.sh', {
    ...INPUTS,
    PERF_START_HEAD: '',
    PERF_COMPOSE_FILE: 'perf.yml',
    DO: 'exit 0',
  });
  for (const side of ['base', 'head']) mkdirSync(join(folder, side));
  const { said, calls } = run();
  const builds = ['base', 'head'].map((side) => read(`${side}/calls`));
  const build = (side: string) =>
    `docker\ncompose\n--project-name\nperf-${side}\n--file\nperf.yml\nbuild\n--\n`;
  assert.deepEqual(builds, [build('base'), build('head')]);
  for (const option of ['--journeys', '--seed'])
    assert.equal(after(calls[0], option), calls[0]?.[0], `no ${option}`);
  assert.match(said, /no round ended/);
  assert.equal(read('page.md'), '');
});

test('compare.sh: an accounts file that is not in the checkout ends it before the comparison', (t) => {
  const { status, said, calls } = script(t, 'compare.sh', { ...INPUTS, PERF_ACCOUNTS_FILE: 'a.yml' }).run();
  assert.deepEqual([status, calls], [2, []]);
  assert.equal(said, '::error::accounts-file: the pull request has no a.yml. Name a file of the checkout.\n');
});

test('compare.sh: images that cannot be built end it before the comparison', (t) => {
  const { folder, run } = script(t, 'compare.sh', {
    ...INPUTS,
    PERF_COMPOSE_FILE: 'perf.yml',
    DO: 'exit 17',
  });
  for (const side of ['base', 'head']) mkdirSync(join(folder, side));
  const { status, calls } = run();
  assert.deepEqual([status, calls], [4, []]);
});

test('target.sh: the embedded scheduler, a deployment with its accounts, or a line that says what is missing', (t) => {
  const target = (variables: Record<string, string>) => {
    const { folder, run, read } = script(t, 'target.sh', variables);
    const { status, said } = run();
    return { status, said, env: read('env').replaceAll(folder, '') };
  };
  const deployment = { TARGET: 'https://perf.test', ACCOUNTS: '- {}' };
  for (const none of [{}, { ...deployment, TARGET_ENVIRONMENT: 'embedded' }])
    assert.deepEqual(target(none), { status: 0, said: 'target: the embedded scheduler\n', env: '' });
  assert.equal(
    target(deployment).env,
    'BASE_URL=https://perf.test\nAPI_URL=\nENVIRONMENT=ci\nACCOUNTS_FILE=/accounts.yml\n',
  );
  assert.match(target({ ...deployment, ACCOUNTS: '' }).said, /PERF_ACCOUNTS is not set/);
  const more = target({ ...deployment, TARGET_API: 'https://api.test\nNODE_OPTIONS=x' });
  assert.deepEqual([more.status, more.env], [2, '']);
});

test('all-runs.sh: the runs of each job’s artifact are beside each other; without any it fails', (t) => {
  const downloaded = `
for run in runs-smoke/1-smoke runs-load/2-load runs-load/3-load; do mkdir -p "downloaded/$run"; touch "downloaded/$run/run.json"; done`;
  const { folder, run } = script(t, 'all-runs.sh', { DO: downloaded });
  const { status, calls } = run();
  assert.equal(status, 0);
  assert.deepEqual(calls[0]?.slice(0, 4), ['gh', 'run', 'download', '77']);
  assert.deepEqual(readdirSync(join(folder, 'reports/runs')).sort(), ['1-smoke', '2-load', '3-load']);
  assert.notEqual(script(t, 'all-runs.sh', { DO: 'exit 1' }).run().status, 0);
});

test('run-profiles.sh: each as often as asked, the first code that is not 0; without a target no more', (t) => {
  const profiles = (DO: string, PROFILES = 'load  swaps') => {
    const { status, calls } = script(t, 'run-profiles.sh', { PROFILES, ROUNDS: '2', DO }).run();
    return [status, calls.map(([, , , profile]) => profile).join()];
  };
  assert.deepEqual(profiles(''), [0, 'load,swaps,load,swaps']);
  assert.deepEqual(profiles('[ "$3" = load ] && exit 3; exit 1'), [3, 'load,swaps,load,swaps']);
  assert.deepEqual(profiles('exit 4'), [4, 'load']);
  assert.deepEqual(profiles('', ' '), [2, '']);
});

test('detect.sh: the runs of each profile against its baseline, the worst code; what was not compared is said', (t) => {
  const { folder, run, read } = script(t, 'detect.sh', {
    PROFILES: 'load swaps crud',
    THRESHOLD: '20',
    DO: 'echo "[report](REPORT_URL)" > comparisons/load.md; exit 1',
  });
  for (const run of ['1-load', '2-load', '1-crud', '1-other-swap'])
    mkdirSync(join(folder, 'reports/runs', run), { recursive: true });
  mkdirSync(join(folder, 'reports/baselines/ci'), { recursive: true });
  writeFileSync(join(folder, 'reports/baselines/ci/load.json'), '{}');
  const { status, calls, said } = run();
  assert.equal(status, 1);
  assert.deepEqual(
    calls.map((call) => call.slice(0, 7).join(' ')),
    ['npx loadtest detect --current reports/runs/1-load reports/runs/2-load --threshold'],
  );
  assert.match(said, /::warning::swaps: nothing was compared\. There is no run/);
  assert.match(read('page.md'), /crud[\s\S]*Nothing was compared\.\*\* There is no baseline/);
});

test('history.sh: each run that may be kept is, and sent to the branch; its token is in no word and no variable of that name', (t) => {
  const token = { TOKEN: 'secret-of-the-job' };
  const push = (DO: string) => {
    const { folder, run } = script(t, 'history.sh', { ...token, DO }, ['push']);
    for (const one of ['1-load', '2-load']) mkdirSync(join(folder, 'reports/runs', one), { recursive: true });
    symlinkSync('2-load', join(folder, 'reports/runs/latest'));
    const { status, calls, said } = run();
    return { status, said, calls: calls.map((call) => call.slice(2).join(' ')) };
  };
  const sent = 'history push --store https://github.com/hospital/scheduler.git';
  const good = push('env > environment; case $4 in *1-load) exit 2 ;; esac');
  assert.deepEqual(good.calls, ['history add reports/runs/1-load', 'history add reports/runs/2-load', sent]);
  assert.equal(good.status, 0);
  assert.match(good.said, /::warning::reports\/runs\/1-load\/ is not kept/);
  assert.deepEqual(push('exit 2').status, 1);
  const { folder, run, read } = script(t, 'history.sh', { ...token, DO: 'env > environment; echo refs' }, [
    'pull',
  ]);
  mkdirSync(join(folder, 'reports'));
  const { calls } = run();
  assert.equal(calls.at(-1)?.slice(2, 4).join(' '), 'history pull');
  assert.doesNotMatch(read('calls') + read('environment'), /secret-of-the-job/);
  assert.match(read('environment'), /GIT_CONFIG_VALUE_0=AUTHORIZATION: basic eC1h/);
  const none = script(t, 'history.sh', token, ['pull']).run();
  assert.deepEqual([none.status, none.calls.length], [0, 1]);
});
