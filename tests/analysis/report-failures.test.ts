/** Failures in a report: each is counted in one place, and other counts of it link there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const call = (name: string, via: 'browser' | 'http', at: number, more: object = {}): Sample =>
  ({
    ...{ kind: 'request', name, via, class: 'crud', method: 'GET', status: 200, value: 500, unit: 'ms' },
    ...{ ok: true, session: 'x', journey: `of ${via}`, t: START + 10_000 + at, ...more },
  }) as Sample;
const failed = { ok: false, status: 500, error: 'broken' };

const SAMPLES = [
  ...healthySamples(),
  ...[0, 1, 2].map((at) => call('often', 'browser', at)),
  call('often', 'browser', 3, { ...failed, step: 'look' }),
  call('often', 'http', 4, failed),
  call('often', 'http', 5, { ...failed, warmup: true }),
  call('slow', 'http', 6, { value: 60_000 }),
  call('once', 'http', 7, failed),
];

const summaryOf = async (samples = SAMPLES) => (await conclude(runDirectory(runJson(), samples))).summary;

/** Text of the cells of each row. */
function rowsOf(page: string, caption: string): string[][] {
  const [, from = ''] = page.split(`<caption>${caption}</caption>`);
  const [, body = ''] = /<tbody>([\s\S]*?)<\/tbody>/.exec(from) ?? [];
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replace(/<[^>]+>/g, '').trim(),
    ),
  );
}

test('calls that failed most come first, then those that took most time, by browsers and over HTTP', async () => {
  const summary = await summaryOf();
  const rows = rowsOf(report(summary), 'Calls by operation');
  assert.deepEqual(rows.slice(0, 3), [
    [
      'often crud',
      '5 4 in browsers 1 over HTTP',
      ...['2 1 in browsers 1 over HTTP', '40 %', '0', '2.50', '200 × 3 500 × 2'],
    ],
    ['once crud', '1', '1', '100 %', '0', '0.500', '500 × 1'],
    ['slow crud', '1', '0', '0 %', '0', '60.0', '200 × 1'],
  ]);
  assert.equal(rows.length, summary.operations.length);
  const calls = summary.operations.reduce((sum, { attempts }) => sum + attempts, 0);
  const byUsers = summary.operations.flatMap(({ spent }) => [spent?.browser?.n ?? 0, spent?.http?.n ?? 0]);
  assert.equal(
    byUsers.reduce((sum, n) => sum + n, 0),
    calls,
  );
});

test('errors of one call stand in one table, wherever they happened, and it is said what is counted', async () => {
  const summary = await summaryOf();
  const page = report(summary);
  assert.match(
    page,
    /outside of warm-up: 3 calls; in the warm-up 1 more\. A call that failed may make its step/,
  );
  assert.match(
    page,
    /<h3 id="errors-1">call often <span class="count">failed 2 times, 1 time more in the warm-up</,
  );
  assert.deepEqual(
    rowsOf(page, 'Failures: call often').map(([count, first, where]) => [count, first, where]),
    [
      ['1 and 1 in the warm-up', '10 s', 'of http over HTTP'],
      ['1', '10 s', 'of browser · step “look” in the browser'],
    ],
  );
  const sum = summary.errors.filter(({ kind }) => kind === 'request').reduce((n, { count }) => n + count, 0);
  assert.equal(sum, summary.counts.requests.failed);
});

test('counts of failures elsewhere lead to that table', async () => {
  const page = report(await summaryOf());
  const [, calls = ''] = page.split('<caption>Calls by operation</caption>');
  assert.match(calls, /<a href="#errors-1"><strong class="bad">2<\/strong><\/a>/);
  const [, broken = ''] = page.split('<caption>What failed each time');
  assert.match(broken, /once <small>call<\/small><\/th><td class="num"><a href="#errors-2">/);
  assert.match(
    broken,
    /What failed at times and [\s\S]*often <small>call<\/small><\/th><td class="num"><a href="#errors-1"><span class="whole">2 of 5</,
  );
  const [, times = ''] = page.split('<caption>Times of requests by operation');
  assert.doesNotMatch(times.split('</table>')[0] ?? '', />(errors|statuses)</);
});

test('a status is in red where it failed, not where a journey expects it', async () => {
  const page = report(
    await summaryOf([
      ...healthySamples(),
      call('expected', 'http', 20, { status: 401, expected: true }),
      call('expected', 'http', 21),
      call('broken', 'http', 22, failed),
      call('broken', 'http', 23),
    ]),
  );
  const statusesOf = (name: string) => {
    const [, row = ''] =
      new RegExp(`<th scope="row">${name} [\\s\\S]*?(<span class="statuses">.*?)</td>`).exec(page) ?? [];
    return [...row.matchAll(/class="(status[^"]*)">(\d+)/g)].map(([, style, status]) => [status, style]);
  };
  assert.deepEqual(statusesOf('expected'), [
    ['200', 'status'],
    ['401', 'status'],
  ]);
  assert.deepEqual(statusesOf('broken'), [
    ['200', 'status'],
    ['500', 'status odd'],
  ]);
});

test('a call that failed in a browser leads to the screenshot of the step that failed by it', async () => {
  const place = {
    t: START + 9000,
    session: 'b9',
    journey: 'look',
    role: 'admin',
    via: 'browser',
    unit: 'ms',
  };
  const failed = { ...place, ok: false, error: 'POST answered 500' };
  const call = { kind: 'request', class: 'write', method: 'POST', status: 500, value: 9, step: 'save it' };
  const step = { kind: 'step', name: 'save it', value: 90, screenshot: 'artifacts/1.png' };
  const samples = [
    ...healthySamples(),
    ...[
      { ...failed, ...call, name: 'absences.create' },
      { ...failed, ...step },
    ],
  ] as Sample[];
  const { summary } = await conclude(runDirectory(runJson(), samples));
  const own = report(summary).split('Failures: call absences.create')[2]?.split('</table>')[0] ?? '';
  assert.match(own, /<a href="artifacts\/1\.png">screenshot of step “save it”<\/a>/);
});
