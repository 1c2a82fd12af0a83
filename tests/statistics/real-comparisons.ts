/**
 * `node tests/statistics/real-comparisons.ts`: whole comparisons by `npx loadtest ab`, of the embedded scheduler with itself or with
 * one that is slower in one operation. Prints what each found. One takes some ten minutes, so this runs by hand, on a machine
 * that does nothing else; docs/statistics.md quotes it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quantity } from '../../analysis/format.ts';
import { markdownTable } from '../../analysis/text/markdown-table.ts';
import { operations } from '../../api/operations/registry.ts';
import type { ComparedMetric, Comparison } from '../../compare/comparison.ts';
import { text, textWithDefault } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { SuiteProcess } from '../artillery/suite-process.ts';
import { type HarmedTarget, setFaults, startTarget } from '../faults/target.ts';

/** Longer than a comparison's own limit of time. */
const HANGS_AFTER_MS = 30 * 60_000;

await runProgram({
  name: 'node tests/statistics/real-comparisons.ts',
  about: 'compare the embedded scheduler with itself, or with one that is slower in one operation',
  options: {
    comparisons: textWithDefault('--comparisons <n>', 'how many', '10'),
    slower: text('--slower <operation>', 'what is slower at B, e.g. people.list (default: nothing)'),
    delay: text('--delay <ms>', 'by how much it is slower'),
    rounds: textWithDefault('--max-rounds <n>', 'the last look of a comparison', '5'),
    profile: textWithDefault('--profile <name>', 'what each side is measured with, e.g. bench', 'ab'),
    journeys: text('--journeys <a,b>', 'journeys or benchmarks, with commas between (default: all)'),
  },
  examples: ['node tests/statistics/real-comparisons.ts --comparisons 1 --slower people.list --delay 5'],
  exits: { passed: 'each comparison had a result', failed: 'one had none', wrongUse: true },
  run: compareOften,
});

async function compareOften({
  comparisons,
  slower,
  delay,
  rounds,
  profile,
  journeys,
}: {
  comparisons: string;
  slower?: string;
  delay?: string;
  rounds: string;
  profile: string;
  journeys?: string;
}): Promise<number> {
  const planted = operations.find(({ name }) => name === slower);
  if (slower !== undefined && !(planted && Number(delay) > 0))
    throw new ConfigError('--slower, --delay: name an operation, and how many ms it is slower.');
  const rows: string[][] = [];
  const made: Comparison[] = [];
  let failed = 0;
  for (let n = 1; n <= Number(comparisons); n += 1) {
    const began = performance.now();
    const comparison = await compareOnce(
      planted && { route: `${planted.method} /api/v1${planted.path}`, delayMs: Number(delay) },
      [
        '--max-rounds',
        rounds,
        '--profile',
        profile,
        ...(journeys ? ['--journeys', ...journeys.split(',')] : []),
      ],
    );
    const minutes = ((performance.now() - began) / 60_000).toFixed(1);
    if (comparison) {
      rows.push([String(n), ...rowOf(comparison), minutes]);
      made.push(comparison);
    } else failed += 1;
    console.log(rows.at(-1)?.join(' | ') ?? `${n}: no result`);
  }
  console.log(
    `\n${markdownTable(
      ['#', 'verdict', 'exit code', 'rounds', 'that decide', 'that inform', 'minutes'].map(
        (heading) => [heading, 'left'] as const,
      ),
      rows,
    )}\n\n${spreadTable(made)}`,
  );
  return failed === 0 ? PASSED : FAILED;
}

/** Two schedulers with the same data, each a process of its own. */
async function compareOnce(
  fault: object | undefined,
  options: readonly string[],
): Promise<Comparison | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'real-comparison-'));
  const ends: Array<() => unknown> = [];
  const context = { after: (end: () => unknown) => void ends.push(end) };
  try {
    const [a, b] = (await Promise.all(
      ['a', 'b'].map(() => startTarget(context as never, folder, { size: 'medium' })),
    )) as [HarmedTarget, HarmedTarget];
    if (fault) await setFaults(b.scheduler.url, [fault]);
    const words = ['--a', a.scheduler.url, '--b', b.scheduler.url, '--json', ...options];
    const { BASE_URL: _both, ...settings } = a.settings;
    const ab = new SuiteProcess(['cli/loadtest.ts', 'ab', ...words], settings, undefined, HANGS_AFTER_MS);
    const { code } = await ab.ended;
    if (code === 0 || code === 1) {
      ends.unshift(() => rmSync(folder, { recursive: true }));
      return JSON.parse(ab.stdout) as Comparison;
    }
    console.error(`exit code ${code}: ${ab.stderr}${ab.stdout.slice(-500)}\n${folder}`);
    return undefined;
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function rowOf({ verdict, exitCode, baseline, metrics }: Comparison): string[] {
  const found = (decides: boolean) =>
    metrics
      .filter(
        (metric) => metric.decides === decides && ['worse', 'better', 'missing'].includes(metric.verdict),
      )
      .map(shown)
      .join(', ') || 'nothing';
  const deciding = metrics.filter(({ decides }) => decides).map(shown);
  const informing = `${found(false)} (of ${metrics.length - deciding.length})`;
  return [verdict, String(exitCode), String(baseline.length), deciding.join(', '), informing];
}

/**
 * How far runs of one thing lie apart, as a share: standard deviations of logarithms, pooled over the comparisons, so that what
 * differs from one comparison to the next is in none. `in a round`: of ln(B / A) over √2, where what a round's two sides share is out.
 */
function spreadTable(comparisons: readonly Comparison[]): string {
  const metrics = new Set(comparisons.flatMap((one) => decidingOf(one).map(({ metric }) => metric)));
  const rows = [...metrics].map((metric) => {
    const all = comparisons.flatMap((one) => decidingOf(one).filter((other) => other.metric === metric));
    const logs = (values: readonly number[]) => values.map(Math.log);
    const sides = all.flatMap(({ baselineValues, currentValues }) => [
      logs(baselineValues),
      logs(currentValues),
    ]);
    const rounds = all.map(({ baselineValues, currentValues }) =>
      logs(currentValues).map((value, at) => (value - Math.log(baselineValues[at] as number)) / Math.SQRT2),
    );
    const percent = (groups: readonly number[][]) => `${(100 * pooledDeviation(groups)).toFixed(1)} %`;
    return [metric, String(rounds.flat().length), percent(sides), percent(rounds)];
  });
  const headings = ['metric', 'pairs', 'spread between runs', 'in a round'];
  return markdownTable(
    headings.map((heading, at) => [heading, at === 0 ? 'left' : 'right'] as const),
    rows,
  );
}

function decidingOf({ metrics }: Comparison): ComparedMetric[] {
  return metrics.filter(({ decides, scale }) => decides && scale === 'ratio');
}

/** Of values about the mean of their own group each. */
function pooledDeviation(groups: readonly number[][]): number {
  let squares = 0;
  let freedom = 0;
  for (const group of groups) {
    const mean = group.reduce((sum, value) => sum + value, 0) / group.length;
    squares += group.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    freedom += group.length - 1;
  }
  return Math.sqrt(squares / freedom);
}

function shown({ metric, verdict, baseline, change, scale, unit }: ComparedMetric): string {
  const by =
    change === null ? '' : scale === 'ratio' ? ` ${(change * 100).toFixed(1)} %` : ` ${change.toFixed(4)}`;
  return `${metric} ${verdict}${by}${baseline === null ? '' : ` of ${quantity(baseline, unit)}`}`;
}
