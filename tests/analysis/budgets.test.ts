/** Budgets: read strictly, judged by the one judge, shown by feature; a run without a figure has no gate of it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { checkConflicts } from '../../config/budget-conflicts.ts';
import { budgetsFor, budgetsOfProfile, loadBudgets } from '../../config/budgets.ts';
import { loadThresholds } from '../../config/thresholds.ts';
import type { AuditSample, Sample } from '../../measure/run/samples.ts';
import { checkBudgetNames } from '../../runner/preflight/limit-names.ts';
import {
  healthySamples,
  loadingView,
  runDirectory,
  runJson,
  START,
  temporaryDirectory,
} from './synthetic-run.ts';

const directory = temporaryDirectory();
let files = 0;
function file(text: string): string {
  files += 1;
  const path = join(directory, `${files}.yml`);
  writeFileSync(path, text);
  return path;
}

const FEATURE = `default:
  features:
    absences:
      owner: the absences team
      pages: [/absences]
      steps: [open absences, save the absence]
      journeys: [request an absence]
      operations: [absences.list]
`;

test('what is committed is read, names what there is, and no threshold stands in its way', async () => {
  const budgets = loadBudgets();
  checkConflicts(budgets, loadThresholds());
  await checkBudgetNames(budgets);
  const { limits, features } = budgetsFor(budgets, 'embedded');
  assert.ok(limits.length >= 10, String(limits.length));
  assert.ok(features.every(({ owner }) => owner.length > 0));
});

test('an environment is laid over the default: lines are replaced, taken out by off, and inherited', () => {
  const all = loadBudgets(
    file(`${FEATURE}      budget: { view.script size.max: [warn, 300 kB], stepCalls.max: [error, 4] }
  pages:
    '*': { view.requests.p75 cold: [warn, 40] }
    /people: { view.transfer size.max: { gate: [error, 1.5 MB], why: as seen } }
staging:
  pages: { /people: { view.transfer size.max: [off, 0] } }
  features: { absences: { owner: others, budget: { stepCalls.max: [warn, 9] } } }
`),
  );
  const of = (environment: string) =>
    budgetsOfProfile(budgetsFor(all, environment), false)
      .map(({ expression, level, limit, budget }) => `${expression} ${level} ${limit} ${budget.owner ?? '-'}`)
      .sort();
  const common = 'view.requests.p75 page * cold warn 40 -';
  assert.deepEqual(of('local'), [
    'stepCalls.open absences.max error 4 the absences team',
    'stepCalls.save the absence.max error 4 the absences team',
    common,
    'view.script size.max page /absences warn 300000 the absences team',
    'view.transfer size.max page /people error 1500000 -',
  ]);
  assert.deepEqual(of('staging'), [
    'stepCalls.open absences.max warn 9 others',
    'stepCalls.save the absence.max warn 9 others',
    common,
    'view.script size.max page /absences warn 300000 others',
  ]);
  assert.deepEqual(of('not in the file'), of('local'));
});

describe('a mistake is one line that says what is right', () => {
  const page = (line: string) => `default:\n  pages:\n    /people:\n      ${line}\n`;
  const cases: Array<[what: string, text: string, message: RegExp]> = [
    ['an environment', 'embeded: {}\n', /given|embeded: no such environment; did you mean embedded\?/],
    [
      'a kind of metric',
      page('vitals.LCP.max: [warn, 3]'),
      /:4: .*no such metric here; did you mean vital\?/,
    ],
    ['a figure of a view', page('view.script sise.max: [warn, 3]'), /did you mean script size\?/],
    [
      'a metric of something else',
      page('stepCalls.max: [warn, 3]'),
      /no such metric here; write vital, view/,
    ],
    [
      'a category of Lighthouse',
      page('audit.acessibility.min: [warn, 0.9]'),
      /:4: .*no such measure of an audit: 'acessibility'; did you mean accessibility\?/,
    ],
    [
      'a figure of Lighthouse',
      page('audit.LPC.p50: [warn, 900]'),
      /no such measure of an audit: 'LPC'; measures are performance/,
    ],
    [
      'an audit with its page',
      page('audit./people.LCP.p50: [warn, 900]'),
      /write audit\.<measure>\.<figure>.*the name is that above it/,
    ],
    [
      'an audit without figure',
      page('audit.LCP: [warn, 900]'),
      /write audit\.<measure>\.<figure>, e\.g\. audit\.LCP\.p50/,
    ],
    ['the mean of scores', page('audit.seo.mean: [warn, 0.9]'), /scores are not averaged/],
    ['a score in percent', page('audit.seo.min: [warn, 90]'), /Write 0\.9 for 90 %/],
    ['a level', page('view.requests.max: [fail, 3]'), /is no budget; write \[level, limit\]/],
    ['a unit', page('view.requests.max: [warn, 3 kB]'), /'3 kB' is no limit of it; write a number/],
    ['a page', 'default:\n  pages:\n    people: { view.requests.max: [warn, 3] }\n', /a page is a route/],
    ['no owner', 'default:\n  features:\n    x: { pages: [/people] }\n', /:3: .*it has no owner/],
    ['no members', 'default:\n  features:\n    x: { owner: me }\n', /nothing belongs to it/],
    [
      'a metric of no member',
      'default:\n  features:\n    x: { owner: me, pages: [/people], budget: { stepCalls.max: [warn, 1] } }\n',
      /the feature has no steps/,
    ],
    [
      'two budgets of one metric',
      `${FEATURE}      budget: { view.requests.max: [warn, 4] }\n  pages:\n    /absences: { view.requests.max: [error, 9] }\n`,
      /view\.requests\.max page \/absences has two budgets: .*:11 \(page \/absences: error, 9\) and .*:9 \(feature absences: warn, 4\)\. Take one out\./,
    ],
  ];
  for (const [what, text, message] of cases)
    it(what, () => {
      assert.throws(
        () => loadBudgets(file(text)),
        (error: Error) => message.test(error.message) && !error.message.includes('\n'),
      );
    });

  for (const [what, text, message] of [
    [
      'a page',
      page('view.requests.max: [warn, 3]').replace('/people', '/peple'),
      /:4: there is no page "\/peple"; did you mean \/people\?/,
    ],
    [
      'a journey',
      'default:\n  journeys:\n    request an abscence: { journeyCalls.max: [warn, 3] }\n',
      /there is no journey "request an abscence"; did you mean request an absence\?/,
    ],
    [
      'the journey of an audit',
      'default:\n  journeys:\n    request an abscence: { audit.TBT.max: [warn, 3] }\n',
      /:3: there is no journey "request an abscence"; did you mean request an absence\?/,
    ],
    [
      'a member',
      FEATURE.replace('absences.list', 'absences.lst'),
      /feature absences: there is no operation "absences.lst"; did you mean absences.list\?/,
    ],
  ] as const)
    it(`${what} that is not there`, async () => {
      await assert.rejects(checkBudgetNames(loadBudgets(file(text))), { message });
    });
});

test('what both files limit is refused with both places; a narrower name must be no wider than the * that it takes the place of', () => {
  const limits = loadThresholds(
    file(`browser:
  metrics:
    vital.LCP.p75 page *: [error, 4000]
    vital.CLS.p75 page /schedule: [warn, 0.28]
    step.open people.p50: [off, 0]
`),
  );
  const against = (metrics: string) => () =>
    checkConflicts(loadBudgets(file(`default:\n  pages:\n${metrics}`)), limits);
  assert.throws(
    against('    /schedule: { vital.CLS.p75: [warn, 0.2] }\n'),
    /:3: .*is limited by .*:4 too .*Take one of the two out\./,
  );
  assert.throws(against("    '*': { vital.LCP.p75: [error, 3000] }\n"), /is limited by .*:3 too/);
  assert.throws(against('    /s*: { vital.CLS.p75: [error, 0.1] }\n'), /is limited by .*:4 too/);
  assert.throws(
    against('    /people: { vital.LCP.p75: [error, 5000] }\n'),
    /takes the place of .*\(.*:3\) and is wider: error, 5000 for error, 4000/,
  );
  assert.throws(against('    /people: { vital.LCP.p75: [warn, 3000] }\n'), /is wider/);
  assert.doesNotThrow(
    against(
      '    /people: { vital.LCP.p75: [error, 2500], vital.LCP.p50: [warn, 9000], vital.LCP.p75 cold: [warn, 1] }\n',
    ),
  );
});

function views(page: string, scriptSize: number, count = 6): Sample[] {
  return Array.from({ length: count }, (_, at) => loadingView(page, scriptSize, { id: `${page}.${at}` }));
}

async function judged(budgets: string, samples: readonly Sample[], profile = 'smoke') {
  const run = runDirectory(runJson({ profiles: [profile] }), [...healthySamples(), ...samples]);
  const { summary } = await conclude(run, { budgets: file(budgets) });
  const gates = summary.gates
    .filter(({ budget }) => budget)
    .map((gate) => `${gate.metric} ${gate.outcome} ${gate.verdict}`);
  return { summary, gates };
}

const SCRIPTS = `default:
  pages:
    '*': { view.script size.max: [error, 100 kB] }
    /admin/*: { view.script size.max: [error, 300 kB] }
    /admin/users: { view.script size.max: [warn, 150 kB] }
`;

test('a broken budget fails the run or warns, by its level; the longer pattern holds before the shorter, and a name before both', async () => {
  const healthy = await judged(SCRIPTS, [...views('/things', 90_000), ...views('/admin/health', 200_000)]);
  assert.deepEqual(healthy.gates, [
    'view.script size.max page /things passed pass',
    'view.script size.max page /admin/health passed pass',
  ]);
  const [broken, warned] = [
    await judged(SCRIPTS, views('/things', 110_000, 1)),
    await judged(SCRIPTS, views('/admin/users', 200_000)),
  ];
  assert.deepEqual(broken.gates, ['view.script size.max page /things failed fail']);
  assert.equal(broken.summary.verdict, 'fail');
  assert.deepEqual(warned.gates, ['view.script size.max page /admin/users failed warn']);
});

test('a run without the figure has no gate of it, names it in its feature, and is not proved by what it weighs', async () => {
  const text = `${FEATURE}      budget: { view.script size.max: [error, 100 kB], stepCalls.max: [error, 4] }\n`;
  const { summary, gates } = await judged(text, []);
  assert.deepEqual(gates, ['stepCalls.open absences.max passed pass']);
  assert.deepEqual(
    summary.budgets?.map(({ name, owner, unmeasured }) => [
      name,
      owner,
      unmeasured.map(({ metric, expected }) => `${metric} ${expected}`),
    ]),
    [
      [
        'absences',
        'the absences team',
        ['view.script size.max page /absences ≤ 100 kB', 'stepCalls.save the absence.max ≤ 4'],
      ],
    ],
  );
  assert.ok(!summary.notes.some(({ text: note }) => note.includes('view.script')));
});

const AUDITS = `default:
  pages:
    '*': { audit.accessibility.min: [error, 0.9], audit.LCP.p50: [warn, 500] }
    /admin/*: { audit.accessibility.min: [warn, 0.8] }
    /admin/users: { audit.accessibility.min: [error, 0.1] }
  journeys:
    view my schedule: { audit.TBT.max: [error, 100] }
  features:
    people: { owner: staff, pages: [/people], budget: { audit.transfer size.max: [error, 300 kB] } }
staging:
  pages: { '*': { audit.LCP.p50: [off, 0] } }
`;

function auditOf(name: string, figures: AuditSample['figures'], journey?: string): Sample {
  const mode = journey ? 'timespan' : 'navigation';
  const about = {
    t: START + 1000,
    kind: 'audit',
    role: 'resident',
    via: 'browser',
    repeat: 1,
    ok: true,
  } as const;
  return { ...about, name, journey, mode, figures };
}

test('what Lighthouse measured of pages, of the parts of a journey and of features is judged by name and pattern', async () => {
  const { summary, gates } = await judged(AUDITS, [
    auditOf('/', { accessibility: 0.95, LCP: 600 }),
    auditOf('/people', { accessibility: 0.85, 'transfer size': 310_000 }),
    auditOf('/admin/health', { accessibility: 0.7 }),
    auditOf('/admin/users', { accessibility: 0.2 }),
    auditOf(
      'view my schedule: open the application',
      { accessibility: 0.1, LCP: 900, TBT: 50 },
      'view my schedule',
    ),
    auditOf('view my schedule: show a month', { TBT: 150 }, 'view my schedule'),
  ]);
  assert.deepEqual(gates.sort(), [
    'audit./.LCP.p50 failed warn',
    'audit./.accessibility.min passed pass',
    'audit./admin/health.accessibility.min failed warn',
    'audit./admin/users.accessibility.min passed pass',
    'audit./people.accessibility.min failed fail',
    'audit./people.transfer size.max failed fail',
    'audit.view my schedule: open the application.TBT.max passed pass',
    'audit.view my schedule: show a month.TBT.max failed fail',
  ]);
  assert.equal(summary.verdict, 'fail');
  const staging = budgetsOfProfile(budgetsFor(loadBudgets(file(AUDITS)), 'staging'), false);
  assert.ok(!staging.some(({ expression }) => expression.includes('LCP')), 'an environment takes it out');
});

test('of a score the budget is what may be missing of the whole', async () => {
  const { readFileSync } = await import('node:fs');
  const samples = [auditOf('/people', { accessibility: 0.95 }), auditOf('/', { accessibility: 0.7 })];
  const run = runDirectory(runJson(), [...healthySamples(), ...samples]);
  await conclude(run, {
    budgets: file("default: { pages: { '*': { audit.accessibility.min: [warn, 0.8] } } }\n"),
  });
  const page = readFileSync(join(run, 'index.html'), 'utf8');
  const section = page.slice(page.indexOf('<h2 id="budgets">'));
  assert.match(
    section,
    /audit\.\/\.accessibility\.min<.*?150 %.*?70 %.*?≥ 80 %.*?audit\.\/people\.accessibility\.min<.*?25 %/s,
  );
});

test('times are not judged where the target is pushed beyond what it can do; sizes and counts are', async () => {
  const text = `${FEATURE}      budget: { view.script size.max: [warn, 100 kB], step.p50: [error, 1], journey.max: [error, 1], view.long tasks.max: [warn, 0] }\n`;
  const metrics = (isPushed: boolean) =>
    budgetsOfProfile(budgetsFor(loadBudgets(file(text)), 'local'), isPushed).map(
      ({ expression }) => expression,
    );
  assert.equal(metrics(false).length, 5);
  assert.deepEqual(metrics(true), ['view.script size.max page /absences']);
  assert.ok((await judged(text, [])).gates.some((gate) => gate.startsWith('step.open absences.p50 failed')));
  assert.deepEqual((await judged(text, [], 'stress')).gates, []);
});

test('the report shows each feature with its owner, and how much of each budget is used', async () => {
  const { readFileSync } = await import('node:fs');
  const text = `${FEATURE}      budget: { view.script size.max: [error, 100 kB], stepCalls.max: [error, 4] }\n`;
  const run = runDirectory(runJson(), [...healthySamples(), ...views('/absences', 125_000)]);
  await conclude(run, { budgets: file(text) });
  const page = readFileSync(join(run, 'index.html'), 'utf8');
  const section = page.slice(page.indexOf('<h2 id="budgets">'));
  assert.match(
    section,
    /<h3>absences<\/h3><p>Owner: the absences team · <strong class="bad">1 budget broken/,
  );
  assert.match(
    section,
    /view\.script size\.max page \/absences<\/th><td><span class="used">.*?125 %.*?125 kB.*?≤ 100 kB/,
  );
  assert.match(section, /stepCalls\.save the absence\.max<\/th>.*?Not enough data/);
});
