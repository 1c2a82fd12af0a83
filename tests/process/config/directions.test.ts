import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, it } from 'node:test';
import { ROOT } from '../../../config/environment.ts';

/** Every edge that a house of this plan may have … */
const ALLOWED: Record<string, string> = {
  'config/a.ts': "import type { Role } from '../measure/run/samples.ts';\nexport const a: Role = 'admin';",
  'fixtures/data/a.ts': "export { a } from '../../config/a.ts';",
  'fixtures/accounts.ts': "export { a } from './data/a.ts';",
  'fixtures/scheduler/server/a.ts': 'export const a = 1;',
  'measure/run/samples.ts': "export type Role = 'admin';\nexport const ROLES = ['admin'];",
  'measure/a.ts': "export { a } from '../fixtures/data/a.ts';\nexport { ROLES } from './run/samples.ts';",
  'flows/a.ts': "export { a } from '../measure/a.ts';",
  'api/a.ts': "export { a } from '../measure/a.ts';",
  'analysis/a.ts': "export { ROLES } from '../measure/run/samples.ts';\nexport { a } from '../config/a.ts';",
  'artillery/plugin/a.ts':
    "export { a } from '../../flows/a.ts';\nexport { ROLES } from '../../analysis/a.ts';",
  'bench/a.ts': "import type { b } from './b.ts';\nexport const a = 1;\nexport type B = typeof b;",
  'bench/b.ts': "export { a as b } from './a.ts';",
  'tests/a.ts': "export { a } from '../fixtures/scheduler/server/a.ts';",
};

/** … and one edge against each rule. */
const FORBIDDEN: Array<[file: string, target: string, rule: string]> = [
  ['config/bad.ts', '../fixtures/data/a.ts', 'config-imports-only-what-it-may'],
  ['config/worse.ts', '../measure/run/samples.ts', 'config-names-types-of-the-run-only'],
  ['fixtures/data/bad.ts', '../../measure/a.ts', 'fixtures-imports-only-what-it-may'],
  ['fixtures/bad.ts', '../flows/a.ts', 'fixtures-imports-only-what-it-may'],
  ['measure/bad.ts', '../flows/a.ts', 'measure-imports-only-what-it-may'],
  ['measure/worse.ts', '../analysis/a.ts', 'measure-imports-only-what-it-may'],
  ['flows/bad.ts', '../analysis/a.ts', 'flows-imports-only-what-it-may'],
  ['flows/worse.ts', '../api/a.ts', 'flows-imports-only-what-it-may'],
  ['api/bad.ts', '../artillery/plugin/a.ts', 'api-imports-only-what-it-may'],
  ['analysis/bad.ts', '../measure/a.ts', 'analysis-imports-only-what-it-may'],
  ['analysis/worse.ts', '../flows/a.ts', 'analysis-imports-only-what-it-may'],
  ['fixtures/scheduler/server/bad.ts', '../../../config/a.ts', 'fixtures-scheduler-imports-only-what-it-may'],
  ['cli/bad.ts', '../fixtures/scheduler/server/a.ts', 'scheduler-is-started-not-imported'],
  ['cli/worse.ts', '../tests/a.ts', 'tests-are-not-imported'],
  ['cli/nowhere.ts', './gone.ts', 'resolvable'],
];

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

it('every direction against it is found, also for types; a circle is found once', () => {
  for (const [file, target] of FORBIDDEN) write(file, `export * from '${target}';`);
  write('flows/type-only.ts', "import type { a } from '../analysis/a.ts';\nexport type A = typeof a;");
  write('bench/one.ts', "import { two } from './two.ts';\nexport const one = () => two;");
  write('bench/two.ts', "import { one } from './one.ts';\nexport const two = () => one;");
  assert.deepEqual(
    violations(),
    [
      ...FORBIDDEN.map(([file, , rule]) => `${file} → ${rule}`),
      'flows/type-only.ts → flows-imports-only-what-it-may',
      'bench/one.ts → no-circle',
    ].sort(),
  );
});
