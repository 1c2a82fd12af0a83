/** A target whose pages have names without end: what a run leaves stays readable. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { FURTHER_NAMES, LONGEST_NAME, MOST_NAMES } from '../../analysis/read/bounded-names.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { withinRoom } from '../../analysis/text/markdown-text.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { runDirectory, runJson, START } from './synthetic-run.ts';

const MANY = 600;
const LONG = 'x'.repeat(1500);

function samplesOf(index: number): Sample[] {
  const page = `/people/${'abcdefgh'[index % 8]}${LONG}-${index}`;
  const about = { t: START + 1000 + index, session: 'b0', journey: 'look round', page };
  const failed = { ok: false, error: `gone from ${page}`, errorKind: 'timeout' } as const;
  return [
    { ...about, kind: 'step', name: `open ${page}`, value: 50, unit: 'ms', ...failed },
    {
      ...about,
      kind: 'request',
      name: `other ${page}`,
      class: 'crud',
      method: 'GET',
      status: 200,
      value: 20,
      unit: 'ms',
      ok: true,
      via: 'browser',
      step: `open ${page}`,
    },
    {
      ...about,
      kind: 'vital',
      name: 'LCP',
      value: 5,
      unit: 'ms',
      nav: 'hard',
      rating: 'good',
      view: `v${index}`,
    },
    { ...about, kind: 'check', name: `is on ${page}`, ok: true },
  ];
}

describe(`${MANY} names of pages, steps, operations and checks`, () => {
  let summary: Summary;
  let read: (file: string) => string;

  before(async () => {
    const samples = Array.from({ length: MANY }, (_, index) => samplesOf(index)).flat();
    const pass = { session: 'b0', kind: 'journey', name: 'look round', value: 20, unit: 'ms' } as const;
    samples.splice(20, 0, { ...pass, t: START + 1004, ok: false });
    const dir = runDirectory(runJson(), samples);
    ({ summary } = await conclude(dir));
    read = (file) => readFileSync(join(dir, file), 'utf8');
  });

  it('the first of them have figures of their own, all others one name, and none is lost', () => {
    for (const rows of [summary.pages, summary.steps, summary.operations])
      assert.equal(rows.length, MOST_NAMES + 1);
    assert.ok(summary.pages.some(({ page }) => page === FURTHER_NAMES));
    const total = (rows: Array<{ n: number }>) => rows.reduce((sum, { n }) => sum + n, 0);
    assert.equal(total(summary.operations), MANY);
    assert.equal(
      summary.steps.reduce((sum, { errors }) => sum + errors, 0),
      MANY,
    );
  });

  it('a table of the report has at most 300 rows, and says how many more there are', () => {
    const tables = read('index.html').split('<table>').slice(1);
    const rows = tables.map((table) => table.split('</table>')[0]?.split('<tr>').length ?? 0);
    assert.ok(Math.max(...rows) <= 302, `${Math.max(...rows)}`);
    assert.match(read('index.html'), /… and 201 more; summary\.json has all\./);
  });

  it('a long name is cut in its middle, also where a request names its step, and the report stays small', () => {
    for (const name of [...summary.steps, ...summary.operations].map((row) => row.name))
      assert.ok(name.length <= LONGEST_NAME, `${name.length} characters`);
    assert.ok(summary.slowestPasses?.some(({ calls }) => calls.some(({ step = '' }) => step.includes('…'))));
    const named = new Set(summary.steps.map(({ name }) => name));
    for (const { steps, calls } of summary.slowestPasses ?? [])
      for (const name of [...steps.map((step) => step.name), ...calls.map(({ step = '' }) => step)])
        assert.ok(named.has(name), name);
    const bytes = Buffer.byteLength(read('index.html'));
    assert.ok(bytes < 2_000_000, `${bytes} bytes`);
  });

  it('a page beyond what GitHub takes is cut between two lines', () => {
    const page = `${'ä'.repeat(99)}\n`.repeat(5000);
    const cut = withinRoom(page);
    assert.ok(Buffer.byteLength(cut) < 500 * 1024);
    assert.ok(cut.endsWith('ä\n\n… cut here: index.html has all.\n'));
    assert.equal(withinRoom('short\n'), 'short\n');
  });

  it('summary.md stays under 500 KiB, and says what it left out', () => {
    const markdown = read('summary.md');
    assert.ok(Buffer.byteLength(markdown) < 500 * 1024, `${Buffer.byteLength(markdown)}`);
    assert.match(markdown, /^… and 401 more: summary\.json has all\.$/m);
    assert.doesNotMatch(markdown, /&[#\w]*…/);
  });
});
