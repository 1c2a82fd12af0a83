/** How the time divides between server, network, browser and generator: per page and journey, only where it was measured. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { report } from '../../analysis/report/report.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { ownTimeOf } from '../../analysis/summary/time-parts.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { type CallMade, pass } from './advised.ts';
import { concluded, recordedRuns } from './recorded-run.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const PAGE = '/reports';
const steps = (count: number, made: CallMade, at = 0) =>
  Array.from({ length: count }, (_, index) =>
    pass('open the reports', 20_000 + at + index * 1000, 500, [['reports.read', made]]),
  ).flat();
const overHttp = (more: object): Sample =>
  ({
    ...{ t: START + 30_000, kind: 'request', name: 'people.list', class: 'crud', method: 'GET', status: 200 },
    ...{ value: 100, unit: 'ms', ok: true, session: 'h1', via: 'http', journey: 'read over HTTP', ...more },
  }) as Sample;

async function summaryOf(samples: readonly Sample[]): Promise<Summary> {
  return (await conclude(runDirectory(runJson(), [...healthySamples(), ...samples]))).summary;
}

const rowOf = ({ timeParts }: Summary, page = PAGE) => timeParts?.pages.find((one) => one.page === page);

test('the time of a page is divided into server, network and browser, with what the server says of its own', async () => {
  const summary = await summaryOf(steps(4, { ms: 400, ttfb: 300, serverTiming: 'db;dur=20, total;dur=120' }));
  assert.deepEqual(rowOf(summary), {
    ...{ page: PAGE, n: 4, of: 4, ms: 2000, server: 1200, network: 400, browser: 400 },
    own: { n: 4, ms: 480, ofMs: 1200 },
  });
  const page = report(summary);
  const [, row = ''] =
    /<th scope="row">\/reports<\/th>(.*?)<\/tr>/s.exec(page.split('id="time-of-pages"')[1] ?? '') ?? [];
  const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) =>
    cell.replace(/<[^>]+>/g, '').trim(),
  );
  assert.deepEqual(cells, [
    '4',
    '500 ms',
    '',
    '60 % 300 ms',
    '20 % 100 ms',
    '20 % 100 ms',
    '120 ms of 300 ms, n 4 waiting 180 ms',
  ]);
});

const loaded = (t: number, ttfb?: number): Sample[] => {
  const view = { session: 'b0', via: 'browser', page: PAGE, t: START + t } as const;
  const data = { id: 'b0.9', nav: 'hard', interacted: true, measurable: true, cold: true } as const;
  return [
    { ...view, kind: 'event', name: 'page-view', data },
    ...(ttfb === undefined
      ? []
      : [
          {
            ...{ ...view, kind: 'vital', name: 'TTFB', value: ttfb, unit: 'ms', nav: 'hard', rating: 'poor' },
            view: data.id,
          } as Sample,
        ]),
  ];
};

test('the wait for the document of a page is the server’s, and counts once beside calls', async () => {
  // 500 ms from 20 s on: the document's first byte after 200 ms, a call from 150 ms to 350 ms, its first byte after 100 ms.
  const [made, wait] = [{ at: 150, ms: 200, ttfb: 100 }, loaded(20_200, 200)];
  const summary = await summaryOf([...wait, ...steps(1, made)]);
  assert.deepEqual(rowOf(summary), {
    ...{ page: PAGE, n: 1, of: 1, ms: 500, server: 250, network: 100, browser: 150, own: undefined },
  });
  const unknown = await summaryOf([...loaded(20_200), ...steps(2, made)]);
  assert.deepEqual([rowOf(unknown)?.n, rowOf(unknown)?.of], [1, 2], 'a document without a known first byte');
  const elsewhere = await summaryOf([...loaded(25_000, 200), ...steps(1, made)]);
  assert.equal(rowOf(elsewhere)?.server, 100, 'a document of another step');
});

test('what was not measured is left out and counted; a call without any answer is the server’s', async () => {
  const unknown = steps(2, { ms: 400, ttfb: undefined });
  const failed = steps(1, { ms: 400, ttfb: undefined, status: 0, ok: false, error: 'no answer' }, 5000);
  const timed = steps(1, { ms: 400, ttfb: 300 }, 9000).map((one): Sample => ({ ...one, page: '/other' }));
  const summary = await summaryOf([...unknown, ...failed, ...timed]);
  const { n, of, server, own } = rowOf(summary) ?? {};
  assert.deepEqual([n, of, server, own], [1, 3, 400, undefined]);
  const page = report(summary);
  assert.match(page, /Left out are \d+ steps with a call or document whose first byte is not known/);
  assert.doesNotMatch(page, /server’s own time/);
  assert.equal(rowOf(await summaryOf([...unknown, ...timed])), undefined, 'nothing of the page was measured');
});

test('calls over HTTP are divided by journey; without first bytes there is no such table', async () => {
  const parts = { blocked: 5, connect: 10, ttfb: 80, download: 5 };
  const refused = overHttp({ ...parts, status: 500, ok: false, error: 'no' });
  const summary = await summaryOf([
    overHttp(parts),
    overHttp({ ...parts, serverTiming: 'app;dur=60' }),
    refused,
  ]);
  assert.deepEqual(summary.timeParts?.journeys, [
    {
      ...{ journey: 'read over HTTP', n: 2, ms: 200, generator: 10, connect: 20, server: 160, download: 10 },
      own: { n: 1, ms: 60, ofMs: 80 },
    },
  ]);
  const [, section = ''] = report(summary).split('id="time-of-calls"');
  const cells = [...(/<tbody>.*?<\/tr>/s.exec(section)?.[0] ?? '').matchAll(/<td class="num">(.*?)<\/td>/gs)];
  assert.deepEqual(
    cells.slice(-1).map(([, cell = '']) => cell.replace(/<[^>]+>/g, '').replaceAll('\u202f', '')),
    ['60 ms of 80 ms, n 1 waiting 20 ms'],
    'the server says 60 ms of the 80 ms until the first byte; the rest is waiting for it',
  );
  assert.doesNotMatch(section.split('</section>')[0] ?? '', /<span[^>]*>server<|>server<\/th>/);
  const without = await summaryOf([]);
  assert.equal(without.timeParts, undefined, 'steps whose calls nobody timed are not all browser either');
  assert.doesNotMatch(report(without), /id="time-of-(calls|pages)"/);
});

test('of the durations of an answer the longest is the server’s own time; without one there is none', () => {
  assert.equal(ownTimeOf('db;dur=53.2, total;dur=60, cache;desc="hit"'), 60);
  assert.equal(ownTimeOf('cache;desc="hit"'), undefined);
  assert.equal(ownTimeOf(undefined), undefined);
});

for (const name of recordedRuns())
  test(`the parts of the recorded run "${name}" add up to their whole`, async () => {
    const { timeParts } = (await concluded(name)) as Summary;
    const near = (parts: number, whole: number, what: string) =>
      assert.ok(Math.abs(parts - whole) < 0.02 * whole + 1, `${what}: ${parts}, not ${whole}`);
    for (const row of timeParts?.pages ?? []) {
      assert.ok(row.n > 0 && row.n <= row.of);
      near(row.server + row.network + row.browser, row.ms, row.page);
    }
    for (const row of timeParts?.journeys ?? [])
      near(row.generator + row.connect + row.server + row.download, row.ms, row.journey);
  });
