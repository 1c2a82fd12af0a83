/**
 * `npm run check:ci`: licences of the installed packages; actionlint over the workflows and those that docs/ give to copy, and every action pinned by commit,
 * which actionlint does not ask for. actionlint is a Go program: an installed one is used, else `go install` puts the pinned version into .cache/.
 * shellcheck over the scripts, and zizmor over the workflows, where they are installed (GitHub's machines have shellcheck): no registry of npm has them.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../config/browser.ts';
import { childEnvironment, ROOT } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';
import { documentedWorkflows, PAGES_WITH_WORKFLOWS } from './documented-workflows.ts';
import { installedPackages, licenceProblems } from './licences.ts';
import { unpinnedActions } from './unpinned-actions.ts';

const VERSION = '1.7.12';
/** Where Go's own instructions put it (https://go.dev/doc/install), be it on PATH or not. */
const GO_HOME = '/usr/local/go/bin';
const OWN = join(ROOT, '.cache/bin/actionlint');

try {
  const files = globSync('.github/workflows/*.{yml,yaml}', { cwd: ROOT }).sort();
  if (files.length === 0) throw new ConfigError('.github/workflows: no workflow to check');
  const actions = globSync(['.github/actions/*/action.yml', 'tools/*/action.yml'], { cwd: ROOT }).sort();
  const unpinned = [...files, ...actions].flatMap((file) =>
    unpinnedActions(file, readFileSync(join(ROOT, file), 'utf8')),
  );
  const packages = installedPackages(ROOT);
  const wrong = [...unpinned, ...licenceProblems(packages)];
  for (const line of wrong) console.error(line);
  const lint = spawnSync(actionlint(), ['-color', ...files, ...documented()], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  if (lint.error) throw new ConfigError(`actionlint does not start: ${lint.error.message}`);
  const others = [
    checkedBy('shellcheck', ['--severity=warning', ...scripts()]),
    checkedBy('zizmor', ['--offline', '--quiet', '--min-severity=medium', ...files, ...actions]),
  ];
  if (wrong.length > 0 || lint.status !== 0 || others.includes(false)) process.exitCode = 1;
  else console.log(`${files.length} workflows, licences of ${packages.length} packages: no problem found`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

/** Whether a program that is installed found nothing; one that is not says so, and finds nothing. */
function checkedBy(program: string, words: readonly string[]): boolean {
  const installed = findProgram(program);
  if (installed) return spawnSync(installed, words, { cwd: ROOT, stdio: 'inherit' }).status === 0;
  console.log(`${program} is not installed: what it would find is not looked for`);
  return true;
}

/** All scripts for a shell. */
function scripts(): string[] {
  const hooks = globSync('tools/hooks/*', { cwd: ROOT });
  return [...globSync(['.github/scripts/*.sh', 'docker/*.sh'], { cwd: ROOT }), ...hooks, '.ci/run'].sort();
}

/** Files with the workflows that pages give to copy. */
function documented(): string[] {
  const folder = join(ROOT, '.cache/documented-workflows');
  mkdirSync(folder, { recursive: true });
  const pages = PAGES_WITH_WORKFLOWS.map((page) => readFileSync(join(ROOT, page), 'utf8'));
  return pages.flatMap(documentedWorkflows).map(({ name, text }) => {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  });
}

function actionlint(): string {
  const installed = findProgram('actionlint');
  if (installed) return installed;
  if (existsSync(OWN)) return OWN;
  const go = findProgram('go') ?? findProgram('go', GO_HOME);
  if (!go) {
    throw new ConfigError(
      `no actionlint found: install Go and run this again, or actionlint ${VERSION} itself`,
    );
  }
  console.log(`installing actionlint ${VERSION} …`);
  const done = spawnSync(go, ['install', `github.com/rhysd/actionlint/cmd/actionlint@v${VERSION}`], {
    encoding: 'utf8',
    env: childEnvironment({ GOBIN: join(ROOT, '.cache/bin'), GOFLAGS: '' }),
  });
  if (done.status !== 0) {
    const why = done.error?.message ?? done.stderr.trim().split('\n').at(-1);
    throw new ConfigError(`actionlint ${VERSION} could not be installed: ${why}; install it yourself`);
  }
  return OWN;
}
