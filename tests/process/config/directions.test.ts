import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, it } from 'node:test';
import { ROOT } from '../../../config/environment.ts';

/** Every direction of docs/architecture.md … */
const ALLOWED: Record<string, string> = {
  'config/a.ts': "export type A = 'a';\nexport const a = 1;",
  'fixtures/data/a.ts': "export { a } from '../../config/a.ts';",
  'fixtures/accounts.ts': "export { a } from './data/a.ts';",
  'fixtures/scheduler/server/a.ts': 'export const a = 1;',
  'measure/run/a.ts': "import type { A } from '../../config/a.ts';\nexport const a: A = 'a';",
  'measure/steps/a.ts':
    "export { a } from '../../fixtures/data/a.ts';\nexport { a as b } from '../run/a.ts';",
  'flows/a.ts': "export { a } from '../measure/steps/a.ts';",
  'api/a.ts': "export { a } from '../measure/steps/a.ts';",
  'analysis/a.ts': "export { a } from '../measure/run/a.ts';\nexport { a as b } from '../config/a.ts';",
  'compare/a.ts': "export { a } from '../analysis/a.ts';\nexport { a as b } from '../measure/run/a.ts';",
  'exports/a.ts': "export { a } from '../analysis/a.ts';\nexport { a as b } from '../measure/run/a.ts';",
  'runner/a.ts':
    "export { a } from '../flows/a.ts';\nexport { a as b } from '../api/a.ts';\nexport { a as c } from '../analysis/a.ts';\nexport { a as d } from '../compare/a.ts';\nexport { a as e } from '../exports/a.ts';",
  'artillery/plugin/a.ts':
    "export { a } from '../../runner/a.ts';\nexport { a as b } from '../../flows/a.ts';",
  'playwright/a.ts': "export { a } from '../runner/a.ts';",
  'benchmarks/a.ts': "export { a } from '../runner/a.ts';\nexport { a as b } from '../api/a.ts';",
  'cli/a.ts':
    "export { a } from '../artillery/plugin/a.ts';\nexport { a as b } from '../benchmarks/a.ts';\nexport { a as c } from '../compare/a.ts';\nexport { a as d } from '../exports/a.ts';",
  'docker/a.ts': "export { a } from '../config/a.ts';",
  'tools/a.ts': "export { a } from '../artillery/plugin/a.ts';",
  'tests/a.ts':
    "export { a } from '../fixtures/scheduler/server/a.ts';\nexport { a as b } from '../cli/a.ts';\nexport { a as c } from '../tools/a.ts';",
};

/** … and edges against each rule. */
const FORBIDDEN: Array<[file: string, target: string, rule: string]> = [
  ['config/bad.ts', '../fixtures/data/a.ts', 'config-imports-only-what-it-may'],
  ['config/worse.ts', '../measure/run/a.ts', 'config-imports-only-what-it-may'],
  ['fixtures/data/bad.ts', '../../measure/steps/a.ts', 'fixtures-imports-only-what-it-may'],
  ['fixtures/bad.ts', '../flows/a.ts', 'fixtures-imports-only-what-it-may'],
  ['measure/run/bad.ts', '../steps/a.ts', 'measure-run-imports-only-what-it-may'],
  ['measure/bad.ts', '../flows/a.ts', 'measure-imports-only-what-it-may'],
  ['measure/worse.ts', '../analysis/a.ts', 'measure-imports-only-what-it-may'],
  ['flows/bad.ts', '../analysis/a.ts', 'flows-imports-only-what-it-may'],
  ['flows/worse.ts', '../api/a.ts', 'flows-imports-only-what-it-may'],
  ['api/bad.ts', '../runner/a.ts', 'api-imports-only-what-it-may'],
  ['analysis/bad.ts', '../measure/steps/a.ts', 'analysis-imports-only-what-it-may'],
  ['analysis/worse.ts', '../runner/a.ts', 'analysis-imports-only-what-it-may'],
  ['analysis/worst.ts', '../compare/a.ts', 'analysis-imports-only-what-it-may'],
  ['compare/bad.ts', '../measure/steps/a.ts', 'compare-imports-only-what-it-may'],
  ['compare/worse.ts', '../runner/a.ts', 'compare-imports-only-what-it-may'],
  ['exports/bad.ts', '../measure/steps/a.ts', 'exports-imports-only-what-it-may'],
  ['exports/worse.ts', '../compare/a.ts', 'exports-imports-only-what-it-may'],
  ['runner/bad.ts', '../artillery/plugin/a.ts', 'runner-imports-only-what-it-may'],
  ['artillery/bad.ts', '../playwright/a.ts', 'artillery-imports-only-what-it-may'],
  ['artillery/worse.ts', '../compare/a.ts', 'artillery-imports-only-what-it-may'],
  ['playwright/bad.ts', '../benchmarks/a.ts', 'playwright-imports-only-what-it-may'],
  ['playwright/worse.ts', '../compare/a.ts', 'playwright-imports-only-what-it-may'],
  ['benchmarks/bad.ts', '../artillery/plugin/a.ts', 'benchmarks-imports-only-what-it-may'],
  ['benchmarks/worse.ts', '../compare/a.ts', 'benchmarks-imports-only-what-it-may'],
  ['fixtures/scheduler/server/bad.ts', '../../../config/a.ts', 'fixtures-scheduler-imports-only-what-it-may'],
  ['cli/bad.ts', '../fixtures/scheduler/server/a.ts', 'scheduler-is-started-not-imported'],
  ['cli/worse.ts', '../tests/a.ts', 'tests-are-not-imported'],
  ['tools/bad.ts', '../cli/a.ts', 'cli-is-not-imported'],
  ['cli/worst.ts', '../tools/a.ts', 'tools-are-not-imported'],
  ['docker/bad.ts', '../measure/run/a.ts', 'docker-imports-only-what-it-may'],
  ['cli/worse-still.ts', '../docker/a.ts', 'docker-is-not-imported'],
  ['cli/nowhere.ts', './gone.ts', 'resolvable'],
];

/** Files that need each other, if only by a type; folders that need each other, though no two files do. */
const CIRCLES: Record<string, string> = {
  'tools/one.ts': "import { two } from './two.ts';\nexport const one = () => two;",
  'tools/two.ts': "import { one } from './one.ts';\nexport const two = () => one;",
  'tools/three.ts': "import type { Four } from './four.ts';\nexport type Three = { four: Four };",
  'tools/four.ts': "import type { Three } from './three.ts';\nexport type Four = { three: Three };",
  'tools/left/one.ts': "export { two } from '../right/two.ts';",
  'tools/left/two.ts': 'export const two = 2;',
  'tools/right/one.ts': "export { two } from '../left/two.ts';",
  'tools/right/two.ts': 'export const two = 2;',
};

let folder: string;

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), `${text}\n`);
}

/** Broken rules as `file → rule`. */
function violations(): string[] {
  const depcruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(ROOT, '.dependency-cruiser.mjs');
  const { stdout, stderr } = spawnSync(process.execPath, [depcruise, '--config', config, '-T', 'json', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.ok(stdout.startsWith('{'), stderr);
  const { summary } = JSON.parse(stdout) as {
    summary: { totalCruised: number; violations: Array<{ from: string; rule: { name: string } }> };
  };
  assert.ok(summary.totalCruised >= Object.keys(ALLOWED).length);
  return summary.violations.map(({ from, rule }) => `${from} → ${rule.name}`).sort();
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'directions-'));
  for (const [file, text] of Object.entries(ALLOWED)) write(file, text);
});
after(() => rmSync(folder, { recursive: true, force: true }));

it('every direction of the plan is allowed', () => {
  assert.deepEqual(violations(), []);
});

it('every direction against it is found, also for types; each circle of files or folders is found', () => {
  for (const [file, target] of FORBIDDEN) write(file, `export * from '${target}';`);
  write('flows/type-only.ts', "import type { a } from '../analysis/a.ts';\nexport type A = typeof a;");
  for (const [file, text] of Object.entries(CIRCLES)) write(file, text);
  const found = violations();
  const expected = [
    ...FORBIDDEN.map(([file, , rule]) => `${file} → ${rule}`),
    'flows/type-only.ts → flows-imports-only-what-it-may',
  ];
  for (const line of expected) assert.ok(found.includes(line), line);
  const circles = found.filter((line) => line.endsWith('circle'));
  const ofFiles = circles.filter((line) => line.startsWith('tools/') && line.endsWith('no-circle'));
  assert.equal(ofFiles.length, 2, `one for code, one for types: ${circles}`);
  const ofFolders = circles.filter((line) => line.startsWith('tools/') && line.endsWith('no-folder-circle'));
  assert.deepEqual(ofFolders, ['tools/left → no-folder-circle', 'tools/right → no-folder-circle']);
  const others = found.filter((line) => !expected.includes(line) && !circles.includes(line));
  assert.deepEqual(others, [], 'nothing else is a violation');
});
