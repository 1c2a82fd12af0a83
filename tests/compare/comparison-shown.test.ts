/** How a comparison is shown: in a terminal, as a comment on a pull request, as a page; and what to do where it is unclear. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Look, planLooks } from '../../analysis/statistics/group-sequential.ts';
import { withRuns } from '../../compare/baseline-file.ts';
import type { Comparison } from '../../compare/comparison.ts';
import { comparisonMarkdown } from '../../compare/comparison-markdown.ts';
import { comparisonPage } from '../../compare/comparison-section.ts';
import { comparisonText } from '../../compare/comparison-text.ts';
import { detect } from '../../compare/detect.ts';
import { compareRounds, type Round } from '../../compare/rounds.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import { whatToDo } from '../../compare/what-to-do.ts';
import { temporaryDirectory } from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';
import { type MadeRun, madeRun, madeSummary, spread } from './made-runs.ts';

function figures(name: string, factors: readonly number[], made: Omit<MadeRun, 'id'> = {}): RunFigures[] {
  return factors.map((factor, at) =>
    runFigures(madeSummary({ ...made, id: `${name}${at + 1}`, factor: factor * (made.factor ?? 1) }), 2),
  );
}

function detected(
  now: Omit<MadeRun, 'id'> = {},
  {
    before = spread(5, 1),
    after = spread(3, 3),
    ...more
  }: { before?: number[]; after?: number[] } & Partial<Parameters<typeof detect>[2]> = {},
): Comparison {
  const baseline = withRuns(undefined, figures('base', before), {});
  return detect(baseline, figures('now', after, now), {
    file: 'load.json',
    threshold: 0.1,
    accepted: [],
    ...more,
  });
}

/** Three operations that decide, and others that inform, are slower. */
const SLOW: Omit<MadeRun, 'id'> = {
  slower: {
    'class.crud': 1.25,
    'class.complex': 1.5,
    'request.people.list': 1.5,
    'request.absences.list': 1.4,
  },
};

/** Rounds a minute and a half apart. */
function rounds(n: number, bs: readonly number[], atMost?: Look): Comparison {
  const all = Array.from({ length: n }, (_, at): Round => {
    const [a, b] = [figures(`a${at}-`, [1]), figures(`b${at}-`, [bs[at % bs.length] as number])];
    const start = (seconds: number) => new Date(Date.UTC(2026, 10, 30, 7, 0, seconds)).toISOString();
    return {
      a: { ...(a[0] as RunFigures), start: start(at * 90) },
      b: { ...(b[0] as RunFigures), start: start(at * 90 + 45) },
    };
  });
  const [first] = planLooks() as [Look, ...Look[]];
  return compareRounds(all as [Round, ...Round[]], {
    look: atMost ?? first,
    threshold: 0.1,
    accepted: [],
    sides: { a: 'http://127.0.0.1:3000', b: 'npm run scheduler' },
  });
}

test('its tables fit a terminal of 80 columns, also with the longest names and figures', () => {
  const long = 'request.resilience.vulnerability of one faculty member.p95 from due';
  const result = detected(SLOW);
  for (const one of result.metrics.slice(0, 3)) {
    Object.assign(one, { metric: long, baseline: 123456.7, current: 234567.8, verdict: 'unclear' });
    Object.assign(one, { isOutside: true, unit: 'MiB', scale: 'difference', interval: [-12345.6, 23456.7] });
  }
  const text = comparisonText(result);
  const table = text.slice(text.indexOf('Metrics that decide:')).split('\n');
  assert.ok(table.length > 20, text);
  for (const line of table) assert.ok(line.length <= 90 && (line.length <= 80 || line.includes(long)), line);
  const usual = comparisonText(detected(SLOW)).split('Metrics that decide:')[1] ?? '';
  for (const line of usual.split('\n')) assert.ok(line.length <= 80, line);
});

test('a comment begins with the answer, the worst three changes and how to accept one; figures are folded away', async () => {
  const accepted = [{ metric: 'class.crud.p95', limit: 90, reason: 'signs each row', until: '2099-12-31' }];
  const result = detected(SLOW, { accepted });
  const text = comparisonMarkdown(result);
  const [answer = '', folded = ''] = text.split('<details>');
  assert.match(answer, /^## Is it slower\?\n\n\*\*Worse: class\.complex\.p95 \+\d\d\.\d % \(/);
  assert.equal(answer.match(/^\| (worse|missing)/gm)?.length, 3, answer);
  assert.match(answer, /^- accepted: class\.crud\.p95, worse by up to 90.*: excuses what is worse$/m);
  assert.match(answer, /^\[The report with every figure\]\(REPORT_URL\)$/m);
  assert.match(folded, /request\.people\.list\.p50/);
  assert.match(folded, /^- load on embedded: 5 baseline runs \(load\.json\)/m);

  const [, words = ''] = /^npx loadtest (baseline accept .*)$/m.exec(answer) ?? [];
  const options = words.replace('YYYY-MM-DD', '2099-12-31').replaceAll('"', '').split(' ');
  const folder = join(temporaryDirectory(), 'runs');
  mkdirSync(folder);
  const { code, wrong } = await explained(options, { REPORTS_DIR: folder });
  assert.equal(code, 0, wrong);
  const entry = {
    metric: 'class.complex.p95',
    limit: Number(options[5]),
    reason: 'why',
    until: '2099-12-31',
  };
  assert.ok(readFileSync(join(folder, '../accepted.yml'), 'utf8').includes(`limit: ${entry.limit}`));
  assert.equal(detected(SLOW, { accepted: [...accepted, entry] }).exitCode, 0, 'it excuses what it is about');
});

test('a comment stays below what GitHub takes, whatever commands and runs it names', () => {
  const result = detected(SLOW);
  const long = 'x'.repeat(5_000);
  result.forced = Array.from({ length: 500 }, (_, at) => `run ${at} ${long}`);
  result.accepted = Array.from({ length: 500 }, (_, at) => ({
    metric: `class.${at}.p95`,
    limit: 10,
    reason: long,
    until: '2099-12-31',
    outcome: 'not needed' as const,
  }));
  result.sides = { a: long, b: long };
  assert.match(comparisonMarkdown(result), /\n- … and 9\d\d more lines/);
  const named = { verdict: 'worse' as const, decides: false };
  result.metrics.slice(0, 20).forEach((one, at) => {
    Object.assign(one, named, { metric: `request.${at} ${long.slice(0, 3_000)}.p50` });
  });
  const text = comparisonMarkdown(result);
  assert.ok(text.length <= 65_000, String(text.length));
  assert.match(text, /^\*\*Worse: /m);
  assert.match(text, /REPORT_URL/);
});

test('without any change the comment says so and offers nothing to accept', () => {
  const text = comparisonMarkdown(detected());
  assert.match(text, /^No metric is worse than before by more than the threshold\.$/m);
  assert.doesNotMatch(text, /baseline accept/);
});

test('where rounds leave it unclear, the next look that would decide and its time are named', () => {
  const noisy = rounds(5, [0.9, 1.12, 1.02, 0.95, 1.1]);
  assert.equal(noisy.verdict, 'unclear');
  const needed = Math.max(...noisy.metrics.flatMap((one) => (one.decides ? (one.runsToDecide ?? 0) : 0)));
  const look = planLooks().find((one) => one.rounds >= needed)?.rounds ?? 0;
  assert.ok(look > 5, String(needed));
  const minutes = Math.ceil((look * 90 * 1.1) / 60);
  const advice = `What to do: compare again with --max-rounds ${look} and --time-limit ${minutes}m (a round took 90 s).`;
  const shown = whatToDo(noisy);
  assert.equal(shown?.replace('1 min 30 s', '90 s'), advice);
  for (const text of [comparisonText(noisy), comparisonMarkdown(noisy)])
    assert.ok(text.includes(shown ?? ''));
  assert.ok(comparisonPage(noisy, { json: 'comparison.json' }).includes('--max-rounds'));
  const few = rounds(2, [1]);
  assert.match(whatToDo(few) ?? '', /--max-rounds 5 and --time-limit 9m/);
  const wild = rounds(5, [0.4, 2.6, 1, 0.5, 2.1]);
  assert.match(
    whatToDo(wild) ?? '',
    /^What to do: 16 rounds, the most that are made, would hardly decide it\. Measure longer/,
  );
  assert.equal(whatToDo(detected(SLOW)), undefined);
});

test('where runs leave it unclear, the runs that each side lacks are named', () => {
  const few = detected({}, { before: spread(4, 1), after: [1] });
  assert.equal(
    whatToDo(few),
    'What to do: make 2 more current runs, and add 1 more run of what it was before to the baseline.',
  );
  const noisy = detected({}, { before: [0.9, 1, 1.1, 0.95, 1.05], after: [0.92, 1.08, 1.02] });
  assert.match(
    whatToDo(noisy) ?? '',
    /^What to do: make \d+ more current runs, and add \d+ more runs of what it was before to the baseline\.$/,
  );
});

test('the page: the answer, a plot of what decides, what informs, files beside it; text of others stays text', () => {
  const hostile = '<script>alert(1)</script>';
  const result = detected(SLOW, {
    accepted: [{ metric: 'class.crud.p95', limit: 90, reason: hostile, until: '2099-12-31' }],
  });
  const page = comparisonPage(result, { json: 'comparison.json' });
  assert.ok(!page.includes('<script'), 'escaped');
  assert.ok(page.includes('&lt;script&gt;alert(1)'));
  assert.match(page, /default-src 'none'/);
  assert.doesNotMatch(page, /https?:|report\.css/, 'it asks for nothing');
  assert.match(page, /<strong>Worse: class\.complex\.p95/);
  assert.equal(page.match(/<svg/g)?.length, 6, 'one line for each that decides');
  assert.match(page, /<rect class="limit"/);
  assert.match(page, /<th scope="row">request\.people\.list\.p50<\/th>/);
  assert.match(page, /href="comparison\.json"/);
  const ofRounds = comparisonPage(rounds(5, [1, 1.01]), { json: 'comparison.json', runs: 'runs' });
  assert.match(ofRounds, /href="runs\/a0-1\/index\.html"/);
});

test('the plot: change and interval lie where their figures say, beside a band of one limit', () => {
  const result = detected();
  const [first] = result.metrics;
  assert.ok(first);
  Object.assign(first, { change: 0.1, interval: [-0.1, null], limit: 0.1, scale: 'ratio', decides: true });
  result.metrics = [first];
  const page = comparisonPage(result, { json: 'comparison.json' });
  const [, width = ''] = /viewBox="0 0 (\d+) /.exec(page) ?? [];
  const axis = Number(width);
  assert.match(page, new RegExp(`<rect class="limit" x="${axis / 4}" y="0" width="${axis / 2}"`));
  assert.match(page, new RegExp(`class="range" d="M${axis / 4} 13H${axis}"`), 'an open end reaches the edge');
  assert.match(page, new RegExp(`class="change" d="M${(axis * 3) / 4} 13h0"`));
  assert.match(page, /−20 %<\/span>.*\+20 %/);
});

test('detect and compare write a page and its JSON beside it; a file that cannot be written is one line', async () => {
  const folder = join(temporaryDirectory(), 'runs');
  mkdirSync(folder);
  const settings = { REPORTS_DIR: folder };
  for (const name of ['base1', 'base2', 'now1']) madeRun(folder, { id: name });
  await explained(['baseline', 'add', 'base1', 'base2'], settings);
  const html = join(folder, 'out.html');
  const { code, wrong } = await explained(['detect', '--current', 'now1', '--html', html], settings);
  assert.equal(code, 0, wrong);
  assert.match(readFileSync(html, 'utf8'), /href="out\.json"/);
  const result = JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8')) as Comparison;
  assert.deepEqual([result.profile, result.canDecide], ['load', false]);
  const nowhere = join(folder, 'none', 'out.html');
  const refused = await explained(['detect', '--current', 'now1', '--html', nowhere], settings);
  assert.equal(refused.code, 2);
  assert.match(refused.wrong, /none\/out\.json: cannot be written \(ENOENT\)\. Name another file\.$/m);
});
