/** `npx loadtest analyze`: five parts in 80 columns, the same as JSON, and a line for what it cannot analyze. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Analysis } from '../../analysis/text/analysis.ts';
import { wrapped } from '../../analysis/text/analysis-text.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { call } from '../analysis/advised.ts';
import {
  healthySamples,
  runDirectory,
  runJson,
  START,
  temporaryDirectory,
} from '../analysis/synthetic-run.ts';
import { explained } from './in-process.ts';

const PARTS = ['Summary', 'Performance', 'Reliability', 'Thresholds', 'Recommendations'];
const LONG = 'a name of an operation that nobody would ever think of giving to anything'.replaceAll(' ', '-');

function slow(name: string): Sample[] {
  return Array.from({ length: 25 }, (_, index) =>
    call(name, 1000 + 2000 * index, {
      ms: 900,
      ttfb: 50,
      bytes: 500_000,
      requestId: `${LONG}-${index}-${LONG}`,
    }),
  );
}

async function concluded(more: readonly Sample[]): Promise<string> {
  const runDir = runDirectory(runJson(), [...healthySamples(), ...more]);
  await conclude(runDir);
  return runDir;
}

test('it prints five parts within 80 columns, hostile and endless names included', async () => {
  const runDir = await concluded([
    ...slow('reports.read'),
    ...slow(`${LONG} \u001b[31m`),
    { t: START + 9000, kind: 'error', name: LONG, error: `${LONG}\n${LONG} \u202e`, session: 'b0' },
  ]);
  const { code, said } = await explained(['analyze', runDir]);
  assert.equal(code, 0);
  const lines = said.split('\n');
  for (const part of PARTS) assert.ok(lines.includes(part), part);
  for (const line of lines) assert.ok(line.length <= 80, `${line.length}: ${line}`);
  assert.ok(!said.includes('\u001b') && !said.includes('\u202e'));
  assert.match(said, / 1\. \S/);
  const text = said.replace(/\s+/g, ' ');
  assert.match(
    text,
    /A quarter of the 25 answers of reports\.read has 500 kB or more\. 25 answers · size p75 500 kB/,
  );
});

test('--json has the advice of summary.json, and the report shows the same', async () => {
  const runDir = await concluded(slow('reports.read'));
  const { code, said } = await explained(['analyze', runDir, '--json']);
  const { advice } = JSON.parse(readFileSync(join(runDir, 'summary.json'), 'utf8'));
  const analysis: Analysis = JSON.parse(said);
  assert.equal(code, 0);
  assert.ok(advice.length > 0);
  assert.deepEqual(analysis.recommendations, advice);
  const page = readFileSync(join(runDir, 'index.html'), 'utf8');
  const md = readFileSync(join(runDir, 'summary.md'), 'utf8');
  assert.ok(md.includes(`| ${advice[0].action.replace(/\s+/g, ' ')} |`), md.slice(0, 3000));
  for (const { action } of advice) assert.ok(page.includes(action.replaceAll('"', '&quot;')), action);
});

test('an invalid run is analyzed, and has no advice', async () => {
  const data = { how: 'its process ended' };
  const runDir = await concluded([
    ...slow('reports.read'),
    { t: START + 9000, kind: 'event', name: 'target-died', data },
  ]);
  const { code, said } = await explained(['analyze', runDir]);
  assert.equal(code, 0);
  assert.match(said, /^ {2}Invalid: /m);
  assert.match(said, /The run is invalid: its times say nothing about the target\./);
});

test('what cannot be analyzed is a line that says what to do', async () => {
  const unconcluded = runDirectory(runJson(), healthySamples());
  const older = await concluded([]);
  const file = join(older, 'summary.json');
  const { advice: _, ...summary } = JSON.parse(readFileSync(file, 'utf8'));
  writeFileSync(file, JSON.stringify(summary));
  for (const [runDir, wrong] of [
    [join(temporaryDirectory(), 'nothing'), /not a|no run|is not there|directory/],
    [unconcluded, /not concluded yet\. Run `npx loadtest report/],
    [older, /concluded by an older suite, without advice\. Conclude it again with `npx loadtest report/],
  ] as const) {
    const { code, wrong: said } = await explained(['analyze', runDir]);
    assert.equal(code, 2);
    assert.match(said, wrong);
    assert.equal(said.trim().split('\n').length, 1, said);
  }
});

test('a text is wrapped at words, and a word that is longer than a line is cut', () => {
  const lines = wrapped(`${'word '.repeat(40)}${'x'.repeat(200)}`, '  - ', '    ');
  assert.ok(lines.every((line, at) => line.length <= 80 && line.startsWith(at === 0 ? '  - ' : '    ')));
  assert.equal(lines.join('').match(/x/g)?.length, 200);
});
