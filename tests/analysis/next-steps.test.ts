/** The overview ends with what to do next, for each kind of failure, by commands that exist. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { failingOf } from '../../analysis/judge/gravest.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { longerRun } from '../../analysis/text/longer-run.ts';
import { nextSteps } from '../../analysis/text/next-steps.ts';
import { COMMANDS } from '../../cli/commands.ts';
import { ROOT } from '../../config/root.ts';
import { concluded, recordedRuns } from './recorded-run.ts';
import { healthySamples, runDirectory, runJson } from './synthetic-run.ts';

const recorded = async (name: string) => (await concluded(name)) as Summary;
const commandsOf = (summary: Summary) => nextSteps(summary).flatMap(({ command }) => command ?? []);

for (const name of recordedRuns())
  test(`the recorded run "${name}" ends with a next step; its pages, commands and headings exist`, async () => {
    const summary = await recorded(name);
    const steps = nextSteps(summary);
    assert.ok(steps.length > 0);
    const page = report(summary);
    const overview = page.split('<div class="view" id="load"')[0] ?? '';
    assert.ok(
      overview.lastIndexOf('id="next"') > overview.lastIndexOf('id="not-shown"'),
      'it is the last part',
    );
    for (const { command, to, page: document } of steps) {
      assert.ok(command || to || document);
      if (document) assert.ok(existsSync(join(ROOT, document)), document);
      if (to) assert.ok(page.includes(` id="${to}"`), to);
      const [, own] = /npx loadtest (\w+)/.exec(command ?? '') ?? [];
      if (own) assert.ok(own in COMMANDS, own);
    }
  });

test('a journey that failed in a browser is run by itself as a perf test, one over HTTP by `try`', async () => {
  const summary = await recorded('smoke');
  assert.equal(
    commandsOf(summary)[0],
    "npx playwright test --project=perf -g 'record an absence for a resident'",
  );
  const journeys = (summary.journeysByRole ?? []).map((one) => ({ ...one, via: 'http' as const }));
  assert.equal(
    commandsOf({ ...summary, journeysByRole: journeys })[0],
    "THINK=0 npx loadtest try 'record an absence for a resident'",
  );
});

test('of several journeys that a call failed in, the one is run again in which it failed most passes', async () => {
  const summary = await recorded('smoke');
  const [worst] = failingOf(summary);
  const [row] = (summary.journeysByRole ?? []).filter(({ failed }) => failed > 0);
  assert.ok(worst && row && worst.groups[0]);
  const { kind, name } = worst;
  const errors = [...summary.errors, { ...worst.groups[0], journey: 'often' }];
  const because = [{ kind: kind as 'request', name, passes: 3 }];
  const rows = [
    { ...row, failed: 9 },
    { ...row, journey: 'often', failed: 3, because },
  ];
  assert.match(commandsOf({ ...summary, errors, journeysByRole: rows })[0] ?? '', /'often'$/);
});

test('a name is given to the shell and to the regular expression of Playwright as it is', async () => {
  const summary = await recorded('smoke');
  const name = "open Ann's page (all)";
  const renamed = JSON.parse(
    JSON.stringify(summary).replaceAll('record an absence for a resident', name),
  ) as Summary;
  assert.equal(
    commandsOf(renamed)[0],
    `npx playwright test --project=perf -g 'open Ann'\\''s page \\(all\\)'`,
  );
});

test('each kind of limit that failed has a step of its own', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const [gate] = summary.gates;
  assert.ok(gate);
  const failed = { ...gate, outcome: 'failed', verdict: 'fail', observed: 9, limit: 1, unit: 'ms' } as const;
  const of = (changes: object) =>
    nextSteps({ ...summary, verdict: 'fail', gates: [{ ...failed, ...changes }] })[0];
  assert.match(of({ metric: 'class.crud.p95' })?.command ?? '', /^npx loadtest analyze /);
  assert.equal(of({ metric: 'vital.LCP.p75 page /' })?.to, 'worst-views');
  assert.equal(of({ metric: 'view.requests.max', budget: { of: 'feature', name: 'x' } })?.to, 'budgets');
  assert.match(
    of({ metric: 'step.x.p50', observed: null, n: 0 })?.text ?? '',
    /^Nothing was measured for step\.x\.p50/,
  );
});

test('a run without any trouble is kept for comparison; of an invalid one nothing else is said', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  assert.deepEqual(commandsOf(summary), [`npx loadtest baseline add ${summary.id}`]);
  const died = await conclude(runDirectory(runJson({ ended: 'target-died' }), healthySamples()));
  assert.match(nextSteps(died.summary)[0]?.text ?? '', /^The target stopped answering/);
  assert.equal(nextSteps(died.summary).length, 1);
});

test('a trace that is there is opened before anything is run again', async () => {
  const summary = await recorded('smoke');
  const errors = summary.errors.map((one) => ({ ...one, trace: 'artifacts/1-trace.zip' }));
  assert.deepEqual(commandsOf({ ...summary, errors }).slice(0, 2), [
    `npx playwright show-trace 'reports/runs/${summary.id}/artifacts/1-trace.zip'`,
    "npx playwright test --project=perf -g 'record an absence for a resident'",
  ]);
});

test('commands for a run of a deployment are to have its variables; without them they would ask another target', async () => {
  const summary = await recorded('smoke');
  const said = (kind: 'embedded' | 'deployment') =>
    report({ ...summary, run: { ...summary.run, target: { ...summary.run.target, kind } } }).includes(
      'Run the commands with the variables that this run had',
    );
  assert.deepEqual([said('deployment'), said('embedded')], [true, false]);
});

test('where limits had too few samples the length of a run that decides most of them is named', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const [gate] = summary.gates;
  assert.ok(gate);
  const open = { ...gate, outcome: 'inconclusive', verdict: 'warn', reason: 'too-few-samples' } as const;
  const of = (...samples: Array<[n: number, needed: number | undefined]>) => ({
    ...summary,
    verdict: 'warn' as const,
    gates: samples.map(([n, needed]) => ({ ...open, n, needed })),
    reasonDetails: [],
  });
  // A minute is planned: 10 of 20 samples take two, 4 of 20 five; 1 of 1 000 would take most of a day; none is not known.
  const some = of([10, 20], [4, 20], [4, 19], [5, 21], [1, 1000], [0, 20]);
  assert.deepEqual(longerRun(some), { duration: '5m', minutes: 5, decided: 4, open: 6 });
  const [step] = nextSteps(some);
  assert.equal(step?.command, 'DURATION=5m npx loadtest run smoke');
  assert.match(step?.text ?? '', /5 min decide 4 of the 6 undecided limits/);
  assert.equal(longerRun(of([1, 1000])), undefined);
  assert.equal(longerRun({ ...some, run: { ...some.run, runner: 'playwright' } }), undefined);
  const passed = { ...some, verdict: 'pass' as const };
  assert.ok(!nextSteps(passed).some(({ text }) => text.startsWith('Run longer')));
});
