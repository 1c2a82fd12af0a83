/**
 * `node tools/test-group.ts <file for the counts> <test file>...`: runs test files one after another in this process and
 * writes how many tests passed and failed, and which failed, as the JSON of `TestCounts`. A program of its own, since
 * `node --test` would hand its own options to every process that a test forks.
 */
import { writeFileSync } from 'node:fs';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { FAILED, PASSED } from '../config/exit-codes.ts';
import { noCounts, takeSummary } from './test-counts.ts';

/** A test that has not ended after this long hangs, ms. */
const TEST_LIMIT = 600_000;

const [countsFile = '', ...files] = process.argv.slice(2);
const counts = noCounts();
const events = run({ files, isolation: 'none', timeout: TEST_LIMIT });
events.on('test:dequeue', ({ file = '', name }) => {
  // What is found in the file if this process ends now, or never.
  const failures = [...counts.failures, { file, name: `${name} (did not end)` }];
  writeFileSync(countsFile, JSON.stringify({ ...counts, failed: failures.length, failures }));
});
events.on('test:pass', ({ details }) => {
  if (details.type !== 'suite') counts.passed += 1;
});
events.on('test:fail', ({ file = '', name, details }) => {
  // A suite fails with its tests.
  const { failureType } = details.error as { failureType?: string };
  if (failureType !== 'subtestsFailed') counts.failures.push({ file, name });
});
events.on('test:summary', (summary) => takeSummary(summary, counts));
for await (const text of events.compose(new spec())) process.stdout.write(text);
writeFileSync(countsFile, JSON.stringify(counts));
process.exitCode = counts.failed > 0 ? FAILED : PASSED;
