/** A disk that takes no more in mid-run: said in one line, the run ends, and what was kept still gives a report. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { RunJson } from '../../measure/run/run.ts';
import { commandLine, descendants } from '../artillery/processes.ts';
import {
  runDirectory,
  SuiteProcess,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { RESIDENTS_OVER_HTTP } from './scenarios.ts';

const noLimits = spawnSync('prlimit', ['--version']).status === 0 ? false : 'there is no prlimit';
/** No summary or report is as small, run.json is: bytes. */
const LEAST = 6000;

it('a run whose samples can no longer be written ends with one line and exit 3; report says why', {
  skip: noLimits,
}, async (t) => {
  const folder = temporaryFolder(t);
  const profile = {
    phases: [{ name: 'steady', duration: 20, arrivalCount: 20 }],
    scenarios: [RESIDENTS_OVER_HTTP],
  };
  const artillery = startArtillery(writeProfile(folder, profile), {
    REPORTS_DIR: join(folder, 'reports'),
    DATA_SIZE: 'small',
    THINK: '0.1',
  });
  const samples = () => join(runDirectory(join(folder, 'reports')) ?? folder, 'samples.ndjson');
  await artillery.until('samples', () => existsSync(samples()) && statSync(samples()).size > LEAST);
  // A limit on the size of its files stands for the disk: it comes in mid-run and needs no rights.
  const size = statSync(samples()).size;
  execFileSync('prlimit', ['--pid', String(artillery.pid), `--fsize=${size}:unlimited`]);
  const { code } = await artillery.ended;
  assert.equal(code, 3, artillery.output);
  assert.match(
    artillery.stderr,
    /samples\.ndjson: cannot be written \(EFBIG: file too large\): the run is ended; make room/,
  );
  assert.doesNotMatch(artillery.output, /^\s+at .*:\d+:\d+\)?$/m, 'no stack trace');
  assert.deepEqual(await artillery.leftBehind(), []);

  const runDir = runDirectory(join(folder, 'reports')) as string;
  const { ended } = JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8')) as RunJson;
  assert.equal(ended, 'recording-failed');
  if (!existsSync(join(runDir, 'index.html')))
    assert.match(artillery.stderr, /: cannot be written \(EFBIG: .*make room/);
  const report = new SuiteProcess(['cli/loadtest.cjs', 'report', runDir], {});
  assert.equal((await report.ended).code, 3, report.output);
  assert.match(report.stdout, /the run was ended early because its samples could not be written/);
  assert.ok(existsSync(join(runDir, 'index.html')));
});

/** From now on no file of the process, or of any below it, grows beyond this size. */
function fillDisk(run: SuiteProcess, size: number): void {
  for (const pid of [run.pid, ...descendants(run.pid).map((below) => below.pid)]) {
    // Browsers write files of their own, and a target that this run started its database.
    if (/chrom|fixtures\/scheduler/.test(commandLine(pid))) continue;
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:unlimited`]);
  }
}

const OTHER_WAYS: Array<[way: string, start: (settings: Record<string, string>) => SuiteProcess]> = [
  ['perf', (settings) => startPerf(['--grep', 'view my schedule'], { ...settings, REPEAT: '30' })],
  [
    'bench',
    // All benchmarks: a single one may have its answer before the disk is full.
    (settings) => new SuiteProcess(['cli/loadtest.ts', 'bench'], settings),
  ],
];

for (const [way, start] of OTHER_WAYS) {
  it(`${way}: the run ends when its samples can no longer be written, exit 3`, {
    skip: noLimits,
  }, async (t) => {
    const reports = join(temporaryFolder(t), 'reports');
    const run = start({ REPORTS_DIR: reports, DATA_SIZE: 'small', THINK: '0' });
    const samples = () => join(runDirectory(reports) ?? reports, 'samples.ndjson');
    const isRecorded = () => existsSync(samples()) && statSync(samples()).size > LEAST;
    await run.until('samples', isRecorded);
    fillDisk(run, statSync(samples()).size);
    const { code } = await run.ended;
    assert.equal(code, 3, run.output);
    assert.match(
      run.stderr,
      /samples\.ndjson: cannot be written \(EFBIG: file too large\): the run is ended;/,
    );
    const runDir = runDirectory(reports) as string;
    const { ended } = JSON.parse(readFileSync(join(runDir, 'run.json'), 'utf8')) as RunJson;
    assert.equal(ended, 'recording-failed');
    assert.deepEqual(await run.leftBehind(), []);
  });
}
