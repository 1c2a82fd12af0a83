/** What a picture of the report means is said beside it: units of time, shades, kinds of bars. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { chart } from '../../analysis/report/chart.ts';
import type { Html } from '../../analysis/report/html.ts';
import { report } from '../../analysis/report/report.ts';
import { phaseNames, timeAxis } from '../../analysis/report/time-axis.ts';
import { errorsText, timelineFacts } from '../../analysis/report/timeline-facts.ts';
import type { Finding, Summary } from '../../analysis/summary/summary.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const texts = (drawn: string) => [...drawn.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text);

test('marks of time are in one unit, and it is said what they count', () => {
  const axis = (seconds: number) => timeAxis({ seconds, phases: [], silences: [] }).text;
  assert.deepEqual(texts(axis(62)), ['0', '15 s', '30 s', '45 s', '60 s']);
  assert.deepEqual(texts(axis(300)), ['0', '1 min', '2 min', '3 min', '4 min', '5 min']);
  assert.deepEqual(texts(axis(14_400)), ['0', '1 h', '2 h', '3 h', '4 h']);
  assert.match(axis(62), /time since the start of the run/);
});

test('a point of a long run stands for all of its seconds, and it is said how', () => {
  const seconds = 3600;
  const time = { seconds, phases: [], silences: [] };
  const drawn = (values: Array<number | null>, each?: 'mean') => {
    const lines = [{ name: 'errors', values, style: 'bad' }];
    return chart({ id: 'c', title: 'Errors', lines, label: String, summary: '', each }, time).text;
  };
  const shown = (text: string) => (/data-values="([^"]*)"/.exec(text)?.[1] ?? '').split('|');
  const none = Array.from({ length: seconds }, () => 0);
  for (const at of [0, 1, 2, 3, 1801, 3599]) {
    const page = drawn(none.with(at, 1));
    assert.match(page, /<strong>Errors, highest of each 4 s<\/strong>/);
    assert.deepEqual([shown(page).length, shown(page).indexOf('1')], [900, Math.floor(at / 4)]);
  }
  const mean = drawn(none.with(5, 2), 'mean');
  assert.match(mean, /<strong>Errors, mean of each 4 s<\/strong>/);
  assert.equal(shown(mean)[1], '0.5');
  const gaps = [...none].map((_, s) => (s % 4 === 2 && s < 100 ? 7 : null));
  assert.equal(shown(drawn(gaps)).filter((value) => value === '7').length, 25);
});

test('the table under the timeline counts errors of all seconds that a row stands for', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const [second] = summary.timeline;
  assert.ok(second);
  const timeline = Array.from({ length: 600 }, (_, s) => ({
    ...{ ...second, s, requests: 2, errors: s === 301 ? 1 : 0, p50: 12, p95: s % 10 === 5 ? 90 : null },
  }));
  const page = report({ ...summary, timeline });
  const [, table = ''] = page.split('<caption>Each 10 s of the run: ');
  const rows = (table.split('</table>')[0] ?? '').split('<tr>').slice(2);
  assert.equal(rows.length, 20);
  const further = (page.split('further rows</caption>')[1] ?? '').split('</table>')[0] ?? '';
  const failed = further.split('<tr>').find((row) => row.includes('<th scope="row">300</th>')) ?? '';
  const cells = [...failed.matchAll(/<td class="num">([^<]*)</g)].map(([, cell]) => cell);
  assert.deepEqual(cells.slice(3, 7), ['20', '1', '12', '90']);
});

test('a name of a phase that has no room is left out, on a phone sooner', () => {
  const named = (share: number) => {
    const phase = { name: 'hour', from: 0, seconds: 1000 * share };
    return /class="(\w*)"/.exec(
      `${(phaseNames({ seconds: 1000, phases: [phase], silences: [] }) as Html).text.split('<svg').at(2)}`,
    )?.[1];
  };
  assert.deepEqual([0.01, 0.05, 0.2].map(named), ['tiny', 'slim', '']);
});

test('each picture has its axis of time or of times, and says what its shapes and shades are', async () => {
  const about = { session: 'b9', journey: 'look', role: 'admin', via: 'browser', unit: 'ms', ok: true };
  const samples = [
    ...healthySamples(),
    { ...about, kind: 'step', name: 'open', t: START + 9000, value: 100 },
    { ...about, kind: 'journey', name: 'look', t: START + 9000, value: 200 },
  ] as Sample[];
  const { summary } = await conclude(runDirectory(runJson(), samples));
  const page = report(summary);
  const sectionOf = (id: string) => (page.split(`<h2 id="${id}">`)[1] ?? '').split('</section>')[0] ?? '';
  const timeline = sectionOf('timeline');
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
  assert.ok(count(timeline, /<figure /g) >= 3);
  assert.equal(count(timeline, /time since the start/g), count(timeline, /<figure /g));
  assert.equal(count(sectionOf('glance'), /time since the start/g), 1, 'four low ones share one');
  const map = sectionOf('latency-map');
  for (const share of ['2', '10', '25', '50', '100'])
    assert.match(map, new RegExp(`up to ${share} %</span>`));
  assert.match(map, /time since the start/);
  const spread = sectionOf('spread');
  assert.match(spread, /fastest to slowest<[\s\S]*median to 95 %</);
  assert.deepEqual(texts(spread).slice(0, 3), ['1 ms', '10 ms', '100 ms']);
  const passes = sectionOf('passes');
  assert.match(passes, /> step<[\s\S]*> call<[\s\S]*> failed</);
  assert.match(passes, /time in which something ran<\/span><span class="ends"><span>0<\/span> <span>\d+ ms</);
});

test('latency over time is drawn as median and p95; a summary of an older suite has p95 alone', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const { p50, p95 } = summary.timeline[30] ?? {};
  assert.ok(p50 && p95 && p50 < p95, `${p50} ${p95}`);
  const chartOf = (page: string) =>
    (page.split('<figcaption id="chart-p95">')[1] ?? '').split('</figure>')[0];
  assert.match(chartOf(report(summary)) ?? '', /Median and p95 of each second[\s\S]*> p95<[\s\S]*> median</);
  const timeline = summary.timeline.map(({ p50: _p50, ...second }) => second);
  const older = chartOf(report({ ...summary, timeline })) ?? '';
  assert.match(older, /<strong>p95 of each second/);
  assert.doesNotMatch(older, /median/);
});

test('under the heat map stands how many answers were quick, and how many took a second or more', async () => {
  const { summary } = await conclude(runDirectory(runJson(), healthySamples()));
  const { edges = [] } = summary.latencyMap ?? {};
  const column = (ms: number) => [...edges, 0].map((_, row) => ((edges[row - 1] ?? 0) === ms ? 1 : 0));
  const columns = [
    column(0),
    column(50),
    column(100),
    column(500),
    column(1000),
    column(0),
    column(0),
    column(0),
  ];
  const page = report({ ...summary, latencyMap: { every: 1, edges, columns } });
  assert.match(
    page,
    /Of 8 answers 62\.5 % took less than 100 ms, 25 % less than a second, 12\.5 % a second or more\./,
  );
});

const secondsWith = (length: number, errors: Record<number, number>) =>
  Array.from({ length }, (_, s) => ({ s, errors: errors[s] ?? 0 })) as unknown as Summary['timeline'];

test('it is said when errors began, when they ended and where most of them are', () => {
  assert.equal(errorsText(secondsWith(60, {})), '');
  assert.match(
    errorsText(secondsWith(60, { 7: 1 })),
    /^1 failed step or request, .*: in second 7 of the run\.$/,
  );
  assert.match(errorsText(secondsWith(60, { 7: 1, 9: 2 })), /^3 failed .*: from 7 s to 9 s into the run\.$/);
  const spread = errorsText(secondsWith(70, { 4: 1, 20: 2, 46: 2, 52: 3, 53: 1 }));
  assert.match(spread, /^9 failed .*: from 4 s to 53 s into the run; densest from 46 s to 53 s \(5\)\.$/);
});

test('where something failed it is said whether the error rate changed, or why that is not known', () => {
  const said = (drift: Partial<Finding>, errors: Record<number, number> = { 7: 1 }) => {
    const findings = { 'requests.errorRate.drift': { unit: '%', n: 30, ...drift } };
    const facts = timelineFacts({ timeline: secondsWith(60, errors), findings } as unknown as Summary);
    return facts === '' ? '' : facts.text;
  };
  assert.match(said({ value: null, missing: 'needs 10 min' }), /whether .* is not known: needs 10 min\./i);
  assert.match(said({ value: 0.05, ci: [0.01, 0.09] }), /rate rose .*1 % to 9 %/);
  assert.match(said({ value: -0.05, ci: [-0.09, -0.01] }), /rate fell/);
  assert.match(said({ value: 0.05, ci: [-0.01, 0.09] }), /was not seen to rise or fall/);
  assert.equal(said({ value: null, missing: 'needs 10 min' }, {}), '', 'nothing failed');
});

test('it is said whether health probes were answered', () => {
  const said = (unresponsive: object) => {
    const facts = timelineFacts({ timeline: [], findings: {}, unresponsive } as unknown as Summary);
    return facts === '' ? '' : facts.text;
  };
  assert.match(said({ probes: 60, unanswered: 0 }), /The target answered all 60 health probes in time\./);
  assert.match(said({ probes: 60, unanswered: 2, waits: [] }), /2 of 60 health probes had no answer in time/);
  assert.equal(said({ probes: 0, unanswered: 0 }), '', 'nobody asked');
});

test('the chart of late starts reaches the lateness that the sentence names', async () => {
  const looks = healthySamples().map((one) => (one.kind === 'generator' ? { ...one, late: 20 } : one));
  const about = { name: 'admins', session: 'b99', via: 'browser', role: 'admin', unit: 'ms', ok: true };
  const begun = { started: START + 5650, due: START + 5000 };
  const late = { ...about, ...begun, kind: 'session', t: START + 9000, value: 3350 } as Sample;
  const { summary } = await conclude(runDirectory(runJson(), [...looks, late]));
  assert.equal(summary.lateness.max, 650);
  assert.equal(Math.max(...summary.timeline.map(({ late: ms }) => ms ?? 0)), 650);
});
