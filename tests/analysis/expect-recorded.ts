/**
 * Replaces what is expected of recorded runs by what the suite concludes of them now: after a limit or a figure was
 * changed on purpose, and only then.
 *
 *   node tests/analysis/expect-recorded.ts smoke load
 */
import { expectWhatIsConcluded, recordedRuns } from './recorded-run.ts';

const names = process.argv.slice(2);
const unknown = names.find((name) => !recordedRuns().includes(name));
if (names.length === 0 || unknown !== undefined) {
  console.error(`${unknown ?? 'no run'}: not a recorded run. Name some of ${recordedRuns().join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of names) await expectWhatIsConcluded(name);
}
