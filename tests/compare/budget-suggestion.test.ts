/** What is proposed of kept runs: headroom by their spread, what is broken, and lines that the file takes. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { budgetsYaml, suggestBudgets, withHeadroom } from '../../compare/budget-suggestion.ts';
import { budgetsFor, budgetsOfProfile, loadBudgets } from '../../config/budgets.ts';
import type { AuditSample } from '../../measure/run/samples.ts';
import {
  healthySamples,
  loadingView,
  runDirectory,
  runJson,
  START,
  temporaryDirectory,
} from '../analysis/synthetic-run.ts';
import { told } from '../cli/in-process.ts';

test('the spread between runs decides the headroom, a tenth at least; of few runs it is a quarter', () => {
  assert.equal(withHeadroom([100_000, 100_000, 100_000], 'B'), 110_000);
  // t with 2 degrees of freedom is 4.303: 100 + 4.303 · 10 · √(4/3) = 149.7 kB, rounded up to two digits.
  assert.equal(withHeadroom([90_000, 100_000, 110_000], 'B'), 150_000);
  assert.equal(withHeadroom([100_000], 'B'), 130_000);
  assert.equal(withHeadroom([2, 2, 2], '1'), 3);
  assert.equal(withHeadroom([0, 0, 0], 'B'), 1000);
});

async function run(id: string, scriptSize: number, environment = 'local'): Promise<string> {
  const json = runJson({ id });
  const made = { ...json, target: { ...json.target, environment } };
  const directory = runDirectory(made, [
    ...healthySamples(),
    loadingView('/absences', scriptSize, { cold: true }),
    loadingView('/people', 30_000, { cold: true }),
  ]);
  await conclude(directory);
  return directory;
}

test('broken budgets are named, a page without one gets lines that the file takes, and one with a budget none', async () => {
  const file = join(temporaryDirectory(), 'budgets.yml');
  writeFileSync(file, 'local:\n  pages:\n    /absences: { view.script size.p50 cold: [error, 50 kB] }\n');
  const limits = budgetsOfProfile(budgetsFor(loadBudgets(file), 'local'), false);
  const { summary } = await conclude(await run('r1', 60_000));
  const suggestions = suggestBudgets([summary, summary, summary], limits);
  const of = (expression: string) => suggestions.find((one) => one.expression === expression);
  const own = of('view.script size.p50 page /absences cold');
  assert.deepEqual([own?.isBroken, own?.highest, own?.suggested], [true, 60_000, 66_000]);
  assert.equal(of('view.script size.p50 page /people cold')?.isBroken, false);
  const yaml = budgetsYaml('local', suggestions).join('\n');
  assert.match(yaml, /^ {4}\/people:\n {6}view\.script size\.p50 cold: \[warn, 33 kB\] # 30 kB in 3 runs$/m);
  assert.doesNotMatch(yaml, /absences:\n {6}view\.script/);
  writeFileSync(file, yaml);
  const read = budgetsOfProfile(budgetsFor(loadBudgets(file), 'local'), false);
  assert.deepEqual(
    read.map(({ expression, limit }) => `${expression} ${limit}`).filter((text) => text.includes('script')),
    ['view.script size.p50 page /people cold 33000'],
  );
});

test('audited pages get budgets too, at least what they scored, and the parts of a journey none', async () => {
  const audited = (name: string): AuditSample => ({
    t: START + 500,
    kind: 'audit',
    name,
    ok: true,
    repeat: 1,
    mode: 'navigation',
    figures: { accessibility: 0.987, 'script size': 300_000, requests: 16, LCP: 400 },
  });
  const directory = runDirectory(runJson({ id: 'r1' }), [
    ...healthySamples(),
    audited('/people'),
    audited('browse people: open people'),
  ]);
  const { summary } = await conclude(directory);
  const yaml = budgetsYaml('local', suggestBudgets([summary], [])).join('\n');
  const lines = [
    'audit.script size.max: [warn, 380 kB] # 300 kB in 1 run',
    'audit.requests.max: [warn, 20] # 16 in 1 run',
    'audit.accessibility.min: [warn, 0.98] # 0.987 in 1 run',
  ];
  assert.ok(yaml.includes(`    /people:\n${lines.map((line) => `      ${line}`).join('\n')}`), yaml);
  assert.doesNotMatch(yaml, /browse people|LCP/);
  const file = join(temporaryDirectory(), 'budgets.yml');
  writeFileSync(file, yaml);
  const read = budgetsOfProfile(budgetsFor(loadBudgets(file), 'local'), false);
  assert.ok(read.some(({ expression }) => expression === 'audit./people.accessibility.min'));
});

test('the command says what is broken by its exit code, and refuses runs of several environments', async () => {
  const [good, broken, other] = [
    await run('r1', 20_000, 'embedded'),
    await run('r2', 600_000, 'embedded'),
    await run('r3', 1),
  ];
  const healthy = await told(['budgets', 'suggest', good]);
  assert.equal(healthy.code, 0, healthy.said);
  assert.match(healthy.said, /embedded:\n {2}pages:\n(.*\n)* {4}\/people:/);
  const { code, said } = await told(['budgets', 'suggest', good, broken]);
  assert.equal(code, 1);
  assert.match(said, /budgets of embedded have a figure in 2 runs, 2 are broken/);
  assert.match(
    said,
    /\nview\.script size\.max page \/absences cold +600 kB +475 kB +750 kB +broken +config\/budgets\.yml:\d+\n/,
  );
  await assert.rejects(
    told(['budgets', 'suggest', good, other]),
    /several environments \(embedded, local\)\. Name runs of one/,
  );
});
