/**
 * `node tests/truth/delay.ts [n]`: is a delay of 300 ms on one endpoint reported as 300 ms, where it is felt and
 * nowhere else? n sessions each way (default 24), about two seconds each. Exits 1 when not.
 */
import { DELAY_MS, delayTrial, type Row } from './delay-trial.ts';

const TOLERANCE = 0.05;
const n = Number(process.argv[2] ?? 24);
const { steps, operations, failures } = await delayTrial(n);

console.log(
  `Delay of ${DELAY_MS} ms; ${n} sessions without and ${n} with it, in turn. Medians and interquartile ranges in ms.\n`,
);
const problems = [...failures, ...show('step', steps), ...show('operation', operations)];
for (const problem of problems) console.log(`wrong: ${problem}`);
if (problems.length === 0) console.log('right: the delay is seen where it is, and nowhere else');
process.exitCode = problems.length === 0 ? 0 : 1;

/** Prints the table of steps or of operations; gives what is wrong in it. */
function show(kind: string, rows: readonly Row[]): string[] {
  const wrong: string[] = [];
  console.log([kind.padEnd(34), 'n', 'without', 'with', 'moved', 'spread'].map(right).join('  '));
  for (const { name, n: counts, medians, moved, spread, calls } of rows) {
    const figures = [...medians, moved, spread].map((value) => value.toFixed(1));
    const mark = calls ? '← delayed' : '';
    console.log([name.padEnd(34), counts.join('+'), ...figures].map(right).join('  '), mark);
    if (calls && Math.abs(moved - DELAY_MS) > TOLERANCE * DELAY_MS)
      wrong.push(`${kind} ${name} moved by ${moved.toFixed(1)} ms, not by ${DELAY_MS} ± 5 %`);
    if (!calls && Math.abs(moved) > spread)
      wrong.push(
        `${kind} ${name} does not call it and moved by ${moved.toFixed(1)} ms, its spread is ${spread.toFixed(1)}`,
      );
  }
  console.log('');
  return wrong;
}

function right(cell: string, index: number): string {
  return index === 0 ? cell : cell.padStart(8);
}
