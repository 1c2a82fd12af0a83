/** The report of a run shows what changed since the baseline of its environment and profile. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { baselineOf, withRuns, writeBaseline } from '../../compare/baseline-file.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import { SCHEMA } from '../../measure/run/run.ts';
import {
  healthySamples,
  runDirectory,
  runJson,
  temporaryDirectory,
  watchedSamples,
} from '../analysis/synthetic-run.ts';
import { explained } from '../cli/in-process.ts';

const reports = join(temporaryDirectory(), 'runs');
const run = join(reports, 'now');
let figures: RunFigures;
let file: string;

before(async () => {
  mkdirSync(reports);
  cpSync(runDirectory(runJson({ id: 'now' }), watchedSamples()), run, { recursive: true });
  const { summary } = await conclude(run);
  figures = runFigures(summary, SCHEMA);
  file = baselineOf(figures.like, reports);
});

async function reported(directory = run): Promise<string> {
  const { code, wrong } = await explained(['report', directory]);
  assert.ok(code === 0 || code === 1 || code === 3, wrong);
  return readFileSync(join(directory, 'index.html'), 'utf8');
}

const baseline = (change: Partial<RunFigures> = {}) =>
  withRuns(
    undefined,
    [1, 2, 3, 4, 5].map((at) => ({ ...figures, ...change, id: `base${at}`, verdict: 'pass' as const })),
    {},
  );

test('one run informs: sentence, plot and what it lacks to decide; no baseline, no section', async () => {
  assert.doesNotMatch(await reported(), /Change since the baseline/);
  writeBaseline(file, baseline());
  const page = await reported();
  assert.match(page, /<li><a href="#change">Change since the baseline<\/a><\/li>/);
  assert.match(page, /<h2 id="change">Change since the baseline<\/h2>/);
  assert.match(page, /5 baseline runs and 1 current run are too few to decide: it takes 5 and 3\./);
  assert.match(page, /What to do: make 2 more current runs/);
  assert.match(page, /<ul class="forest">/);
});

test('a run that is unlike the baseline, and a damaged baseline, are a sentence; the report is there', async () => {
  writeBaseline(file, baseline({ like: { ...figures.like, cores: 64 } }));
  assert.match(await reported(), /Not compared: now \(cores: 64 and \d+\): unlike the baseline/);
  writeFileSync(file, '{"schema":1');
  assert.match(await reported(), /Not compared: .*damaged or half-written/);
});

test('a run of the baseline itself, and one that is not valid, have no such section', async () => {
  const own = withRuns(undefined, [{ ...figures, verdict: 'pass' }], {});
  writeBaseline(file, own);
  assert.doesNotMatch(await reported(), /since the baseline/);
  writeBaseline(file, baseline());
  const killed = join(reports, 'killed');
  const facts = runJson({ id: 'killed' });
  cpSync(runDirectory({ ...facts, ended: undefined, end: undefined }, healthySamples()), killed, {
    recursive: true,
  });
  assert.doesNotMatch(await reported(killed), /since the baseline/);
});
