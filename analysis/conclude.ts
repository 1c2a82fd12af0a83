/** The one entry: a run directory in, its verdict and reports out. */
import { createReadStream, createWriteStream, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { loadKnownDefects } from '../config/known-defects.ts';
import { loadThresholds, thresholdsFor } from '../config/thresholds.ts';
import type { RunJson, Summary, Verdict } from '../measure/run/run-json.ts';
import { checkGates, primaryFigures } from './gates.ts';
import { headline } from './headline.ts';
import { junit } from './junit.ts';
import { defectBook } from './known-defects.ts';
import { markdown } from './markdown.ts';
import { readRunJson, readSamples, SAMPLES } from './read-run.ts';
import { report } from './report/report.ts';
import { observe } from './summary/summarize.ts';
import { judgeRun } from './verdict.ts';

export interface Conclusion {
  verdict: Verdict;
  exitCode: Summary['exitCode'];
  summary: Summary;
  /** Path of the HTML report. */
  reportPath: string;
}

export interface ConcludeOptions {
  /** Files to use instead of those in `config/`. */
  thresholds?: string;
  knownDefects?: string;
}

/**
 * Reads `run.json` and `samples.ndjson` (or its `.gz`) of a run directory; writes `summary.json`, `index.html`,
 * `summary.md` and `junit.xml` beside them, and `leftovers.json` where the run left something on the target; puts verdict, reasons and, when it is missing, the end into
 * `run.json`; packs the samples of a run that has ended. Can be called again on the same directory.
 *
 * @throws {ConfigError} thresholds or known defects are not as they must be (before anything is written)
 * @throws {RunDirectoryError} the directory holds no readable run
 */
export async function conclude(runDir: string, options: ConcludeOptions = {}): Promise<Conclusion> {
  const limits = loadThresholds(options.thresholds);
  const listed = loadKnownDefects(options.knownDefects);
  const run = readRunJson(runDir);
  const summary = await summarize(runDir, run, limits, listed);

  const reportPath = join(runDir, 'index.html');
  writeWhole(join(runDir, 'summary.json'), `${JSON.stringify(summary, null, 1)}\n`);
  writeWhole(join(runDir, 'summary.md'), markdown(summary));
  writeWhole(join(runDir, 'junit.xml'), junit(summary));
  writeWhole(reportPath, report(summary));
  writeLeftovers(runDir, summary);
  const { verdict, reasons, exitCode } = summary;
  const concluded: RunJson = { ...run, end: summary.run.end, verdict, reasons };
  writeWhole(join(runDir, 'run.json'), `${JSON.stringify(concluded, null, 2)}\n`);
  // Without `ended` somebody may still be writing.
  if (run.ended) await pack(join(runDir, SAMPLES));
  return { verdict, exitCode, summary, reportPath };
}

async function summarize(
  runDir: string,
  run: RunJson,
  limits: ReturnType<typeof loadThresholds>,
  listed: ReturnType<typeof loadKnownDefects>,
): Promise<Summary> {
  const tally = { samples: 0, torn: 0 };
  const seen = await observe(run, readSamples(runDir, tally), defectBook(listed, run), tally);
  const profile = thresholdsFor(limits, run.profiles);
  const gates = checkGates(profile, seen);
  const judgement = judgeRun(seen, gates);
  const { gated: _gated, targetDied: _targetDied, ...observations } = seen;
  return {
    ...observations,
    ...judgement,
    headline: headline(seen, gates, judgement.verdict),
    primary: primaryFigures(profile, seen, gates),
    gates,
  };
}

/** What `loadtest clean` and people read: there only when something is left. */
function writeLeftovers(runDir: string, { id, run, leftovers }: Summary): void {
  const file = join(runDir, 'leftovers.json');
  if (leftovers.length === 0) rmSync(file, { force: true });
  else writeWhole(file, `${JSON.stringify({ run: id, target: run.target.url, leftovers }, null, 2)}\n`);
}

/** Whole or not at all: a reader never meets half a file. */
function writeWhole(file: string, text: string): void {
  writeFileSync(`${file}.part`, text);
  renameSync(`${file}.part`, file);
}

async function pack(file: string): Promise<void> {
  if (!existsSync(file)) return;
  const part = `${file}.gz.part`;
  await pipeline(createReadStream(file), createGzip(), createWriteStream(part));
  await rename(part, `${file}.gz`);
  await rm(file);
}
