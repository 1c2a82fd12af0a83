/** A history on a branch of a git repository: real repositories, second clones and pushes of others. */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { changeBranch } from '../../../cli/history/git-store.ts';
import { withRuns, writeBaseline } from '../../../compare/baseline-file.ts';
import { addRun, historyFolder, runsOf } from '../../../compare/history.ts';
import { mergeHistories } from '../../../compare/merge-histories.ts';
import { childEnvironment, ROOT } from '../../../config/environment.ts';
import { temporaryFolder } from '../../artillery/suite-process.ts';
import { explained } from '../../cli/in-process.ts';
import { madeFigures } from '../../compare/made-runs.ts';

/** As on a machine where git has no settings. */
const PLAIN = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };

function git(folder: string, ...words: string[]): string {
  const named = ['-c', 'user.name=Somebody', '-c', 'user.email=somebody@example.org'];
  return execFileSync('git', [...named, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: childEnvironment(PLAIN),
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** A machine of its own, with runs in its history. */
function machine(t: TestContext, ids: readonly string[], more: Record<string, string> = {}) {
  const reports = join(temporaryFolder(t), 'reports/runs');
  mkdirSync(reports, { recursive: true });
  for (const id of ids) addRun(historyFolder(reports), madeFigures(id, id.charCodeAt(0) - 97));
  return {
    reports,
    ids: () => runsOf(historyFolder(reports), 'embedded', 'load').map(({ id }) => id),
    history: (...words: string[]) =>
      explained(['history', ...words], { REPORTS_DIR: reports, ...PLAIN, ...more }),
    loadtest: (...words: string[]) => explained(words, { REPORTS_DIR: reports, ...PLAIN, ...more }),
  };
}

function repository(t: TestContext, ...words: string[]): string {
  const folder = temporaryFolder(t);
  git(folder, 'init', '--quiet', ...words);
  return folder;
}

function beforeEachPush(store: string, script: string): void {
  mkdirSync(join(store, 'hooks'), { recursive: true });
  writeFileSync(join(store, 'hooks/pre-receive'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(store, 'hooks/pre-receive'), 0o755);
}

/** Of the branch, oldest first: who committed what. */
function commits(folder: string, branch = 'performance-history'): string[] {
  return git(folder, 'log', '--reverse', '--format=%an: %s', branch).split('\n');
}

test('a branch is begun, filled by two machines and read by a third; the last one without a name', async (t) => {
  const store = repository(t, '--bare');
  const [one, other, third] = [machine(t, ['a', 'b']), machine(t, ['b', 'c']), machine(t, [])];
  const baseline = withRuns(undefined, [madeFigures('a')], {});
  writeBaseline(join(one.reports, '../baselines/embedded/load.json'), baseline);
  const pushed = await one.history('push', '--store', store);
  assert.deepEqual([pushed.code, pushed.wrong], [0, '']);
  assert.match(
    pushed.said,
    /^embedded\/load: 2 runs, 1 run of the baseline\n.*, branch performance-history: added\n$/,
  );
  assert.match((await other.history('push', '--store', `file://${store}`)).said, /^embedded\/load: 1 run\n/);
  assert.match(
    (await one.history('push', '--store', store)).said,
    /^\S+, branch performance-history: nothing is new\n$/,
  );
  assert.match(
    (await third.history('pull', '--store', store)).said,
    /^embedded\/load: 3 runs, 1 run of the baseline\n/,
  );
  assert.deepEqual(third.ids(), ['a', 'b', 'c']);
  assert.ok(existsSync(join(third.reports, '../baselines/embedded/load.json')));
  assert.deepEqual(commits(store), [
    'Residency Load Suite: Add 2 runs to the performance history (embedded/load)',
    'Residency Load Suite: Add 1 run to the performance history (embedded/load)',
  ]);
  assert.equal(git(store, 'rev-list', '--max-parents=0', '--count', 'performance-history'), '1');
});

test('where somebody else has just pushed, both pushes are in it, and neither was forced', async (t) => {
  const store = repository(t, '--bare');
  const one = machine(t, ['a']);
  await one.history('push', '--store', store);
  const second = join(temporaryFolder(t), 'second');
  git(temporaryFolder(t), 'clone', '--quiet', '--branch', 'performance-history', store, second);
  const mine = { store: historyFolder(machine(t, ['m']).reports), baselines: '/nowhere' };
  let rounds = 0;
  const { isPushed } = await changeBranch(
    { repository: store, branch: 'performance-history' },
    () => 'Mine',
    async (there) => {
      rounds += 1;
      const merged = await mergeHistories(there, mine);
      if (rounds > 2) return merged;
      addRun(second, madeFigures(`other-${rounds}`, 10 + rounds));
      git(second, 'add', '--all');
      git(second, 'commit', '--quiet', '--message', `Other ${rounds}`);
      git(second, 'push', '--quiet');
      return merged;
    },
  );
  assert.deepEqual([isPushed, rounds], [true, 3]);
  assert.deepEqual(commits(store).slice(1), [
    'Somebody: Other 1',
    'Somebody: Other 2',
    commits(store).at(-1),
  ]);
  await one.history('pull', '--store', store);
  assert.deepEqual(one.ids().sort(), ['a', 'm', 'other-1', 'other-2']);
});

test('a shallow clone can be the store, and the clone that the caller stands in stays as it is', async (t) => {
  const origin = repository(t);
  for (const name of ['one', 'two']) {
    writeFileSync(join(origin, name), name);
    git(origin, 'add', name);
    git(origin, 'commit', '--quiet', '--message', name);
  }
  await machine(t, ['a']).history('push', '--store', origin);
  await machine(t, ['b']).history('push', '--store', origin);
  const shallow = join(temporaryFolder(t), 'shallow');
  git(origin, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${origin}`, shallow);
  git(shallow, 'branch', 'performance-history', 'origin/performance-history');
  writeFileSync(join(shallow, 'two'), 'changed');
  writeFileSync(join(shallow, 'new'), 'not tracked');
  git(shallow, 'add', 'two');
  const state = () => [
    git(shallow, 'status', '--porcelain=v2', '--branch'),
    git(shallow, 'diff', '--cached'),
  ];
  const before = state();
  // As a hook of git's is called: these name its own repository and index.
  const inHook = {
    GIT_DIR: join(shallow, '.git'),
    GIT_INDEX_FILE: join(shallow, '.git/index'),
    GIT_WORK_TREE: shallow,
  };
  const third = machine(t, ['c'], inHook);
  const { code, said } = await third.history('push', '--store', shallow);
  assert.equal(code, 0, said);
  await third.history('pull', '--store', shallow);
  assert.deepEqual(third.ids(), ['a', 'b', 'c']);
  assert.deepEqual(state(), before);
});

test('hooks and links of others do nothing: what the branch has is data', async (t) => {
  const [store, folder, hooks] = [repository(t, '--bare'), temporaryFolder(t), temporaryFolder(t)];
  await machine(t, ['a']).history('push', '--store', store);
  const work = join(folder, 'work');
  git(folder, 'clone', '--quiet', '--branch', 'performance-history', store, work);
  symlinkSync(folder, join(work, 'runs/elsewhere'));
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--message', 'a link out of it');
  git(work, 'push', '--quiet');
  for (const name of ['post-checkout', 'pre-commit', 'pre-push']) {
    writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${folder}/hook\nexit 1\n`);
    chmodSync(join(hooks, name), 0o755);
  }
  const settings = join(folder, 'gitconfig');
  writeFileSync(settings, `[core]\n\thooksPath = ${hooks}\n`);
  const one = machine(t, ['b'], { GIT_CONFIG_GLOBAL: settings });
  addRun(
    historyFolder(one.reports),
    madeFigures('c', 2, ({ like }) => Object.assign(like, { environment: 'elsewhere' })),
  );
  const { code, wrong } = await one.history('push', '--store', store);
  assert.equal(code, 2);
  assert.match(wrong, /runs\/elsewhere.*: cannot be written \(E\w+\)\. Make room, or make it writable\.\n$/);
  assert.deepEqual(readdirSync(folder).sort(), ['gitconfig', 'work'], 'nothing was written, no hook was run');
});

test('old runs are removed from the branch in a commit; a dry run only says which', async (t) => {
  const store = repository(t, '--bare');
  const one = machine(t, ['a', 'b', 'c']);
  await one.history('push', '--store', store);
  const rules = join(temporaryFolder(t), 'retention.yml');
  writeFileSync(rules, 'samples: 0\nreports: 0\nfigures: { days: 0, keep: 1 }\n');
  const prune = (...words: string[]) => one.loadtest('prune', '--retention', rules, ...words);
  const said = (verb: string) =>
    new RegExp(
      `^${verb} embedded/load a \\(2026-11-29\\)\n${verb} embedded/load b .*\n.*: ${verb} 2 runs\n$`,
    );
  assert.match((await prune('--store', store, '--dry-run')).said, said('would remove'));
  assert.equal(commits(store).length, 1);
  assert.match((await prune('--store', store)).said, said('removed'));
  assert.equal(commits(store).at(-1), 'Residency Load Suite: Remove 2 old runs from the performance history');
  const third = machine(t, []);
  await third.history('pull', '--store', store);
  assert.deepEqual([third.ids(), one.ids()], [['c'], ['a', 'b', 'c']]);
  await prune();
  assert.deepEqual(one.ids(), ['c']);
});

test('a store that is none, cannot be read or written to, or lacks the branch is one line that says what to do', async (t) => {
  const folder = temporaryFolder(t);
  const [empty, refusing, damaged] = [repository(t), repository(t, '--bare'), repository(t, '--bare')];
  const one = machine(t, ['a']);
  beforeEachPush(refusing, 'echo protected >&2; exit 1');
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder'));
  await one.history('push', '--store', damaged);
  const work = join(folder, 'work');
  git(folder, 'clone', '--quiet', '--branch', 'performance-history', damaged, work);
  writeFileSync(join(work, 'runs/embedded/load/b.json'), '{"schema": 1, "run": {"id"');
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--message', 'half-written');
  git(work, 'push', '--quiet');
  for (const [words, message] of [
    [['pull', '--store', empty], /: no branch performance-history\. Push a history to it first, or name/],
    [['pull', '--store', join(folder, 'none')], /none: no such folder\. Push a history to it first/],
    [
      ['push', '--store', join(folder, 'none.git')],
      /none\.git: git cannot read it \(.*\)\. Check the address/,
    ],
    [['push', '--store', `file://user:secret@${folder}/gone`], /^file:\/\/\S*gone: git cannot read it \(/],
    [['push', '--store', join(folder, 'file')], /file: a file, where the history is a folder\./],
    [['push', '--store', join(folder, 'folder'), '--branch', 'x'], /folder: no git repository, so it has no/],
    [['push', '--store', empty, '--branch', 'a..b'], /^--branch: 'a\.\.b' is no name of a branch\./],
    [['push', '--store', refusing], /: git cannot push to the branch performance-history \(.*declined\)/],
    [
      ['pull', '--store', damaged],
      /, performance-history: runs\/embedded\/load\/b\.json: damaged or half-written/,
    ],
    [['push'], /^--store: missing\. Name a directory, or the URL or path of a git repository\./],
  ] as Array<[string[], RegExp]>) {
    const { code, wrong } = await one.history(...words);
    assert.deepEqual([code, wrong.trimEnd().split('\n').length], [2, 1], wrong);
    assert.match(wrong, message);
    assert.doesNotMatch(wrong, /secret/);
  }
  const noGit = machine(t, ['a'], { PATH: folder });
  assert.match(
    (await noGit.history('push', '--store', empty)).wrong,
    /^git: cannot be started \(.*\)\. Install git, or name a directory with --store\.\n$/,
  );
});

test('a directory is a store too, and an empty one gives nothing', async (t) => {
  const store = join(temporaryFolder(t), 'new/store');
  const [one, other] = [machine(t, ['a']), machine(t, ['b'])];
  await one.history('push', '--store', store);
  await other.history('push', '--store', store);
  assert.match((await one.history('pull', '--store', store)).said, /^embedded\/load: 1 run\n/);
  assert.deepEqual(one.ids(), ['a', 'b']);
  const empty = temporaryFolder(t);
  assert.match((await one.history('pull', '--store', empty)).said, /history: nothing is new\n$/);
  assert.match((await machine(t, []).history('push', '--store', empty)).said, /: nothing is new\n$/);
});

test('an interrupted push leaves no clone behind, and does not wait for the other side', async (t) => {
  const [store, temporary, folder] = [repository(t, '--bare'), temporaryFolder(t), temporaryFolder(t)];
  const { reports } = machine(t, ['a']);
  const [begun, go, ended] = ['begun', 'go', 'ended'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const waits = `n=0; while [ ! -e ${go} ] && [ $n -lt 150 ]; do sleep 0.2; n=$((n+1)); done`;
  beforeEachPush(store, `touch ${begun}; ${waits}; touch ${ended}`);
  const words = [join(ROOT, 'cli/loadtest.ts'), 'history', 'push', '--store', store];
  const child = spawn(process.execPath, words, {
    env: childEnvironment({ REPORTS_DIR: reports, TMPDIR: temporary, ...PLAIN }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let wrong = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    wrong += text;
  });
  while (!existsSync(begun) && child.exitCode === null) await wait(20);
  assert.equal(readdirSync(temporary).length, 1);
  child.kill('SIGINT');
  const [code] = await once(child, 'exit');
  assert.deepEqual([code, readdirSync(temporary)], [130, []], wrong);
  assert.match(wrong, /^history push: interrupted\. Repeat it: what is there already stays\.$/m);
  assert.equal(existsSync(ended), false);
  writeFileSync(go, '');
});
