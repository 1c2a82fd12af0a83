/**
 * `npm run test:audits`: do five audits say what the next five will? Audits five pages ten times each, and compares the median of the
 * last five with the least and the greatest of the first. Prints a table and, last, `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { quantity } from '../../analysis/format.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { markdownTable } from '../../analysis/text/markdown-table.ts';
import { concludedRun, runDirectory } from '../../compare/concluded-run.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { childEnvironment, ROOT, readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { newestRun } from '../../measure/run/directory.ts';
import { PREDICTED_SHARE, predictionOf, SAMPLE } from './next-median.ts';

const PAGES = ['/login', '/schedule', '/swaps', '/people', '/admin/users'];
const MEASURES = ['LCP', 'TBT', 'performance'] as const;
/** Of 15 where 5 of 6 are expected, fewer come in one case of 30 by chance. */
const FEWEST = 10 / 15;

await runProgram({
  name: 'npm run test:audits --',
  about: 'compare what five audits of a page predict with the next five',
  argument: [
    '[run]',
    `run directory with ${2 * SAMPLE} audits of each page (default: makes one, in ten minutes)`,
  ],
  options: {},
  examples: ['npm run test:audits'],
  exits: {
    passed: 'the median of the next five is where the first five said in 10 of 15 cases or more',
    failed: 'in fewer',
    wrongUse: true,
  },
  run: (_options, [named]) => predict(named),
});

function predict(named: string | undefined): number {
  const { reportsDir } = readEnvironment();
  if (named === undefined) audit();
  const { summary } = concludedRun(
    named === undefined ? newestRun(reportsDir) : runDirectory(named, reportsDir),
  );
  const rows = (summary.audits ?? []).flatMap(rowsOf);
  if (rows.length === 0)
    throw new ConfigError(
      `${named ?? 'the run'}: has no page with ${2 * SAMPLE} audits. Name a run of \`npx loadtest audit --repeats ${2 * SAMPLE}\`.`,
    );
  const passed = rows.filter(({ holds }) => holds).length;
  console.log(
    markdownTable(
      [
        ['', 'left'],
        ['first five', 'right'],
        ['median of the next five', 'right'],
        ['', 'left'],
      ],
      rows.map(({ cells }) => cells),
    ),
  );
  console.log(
    `\n${passed} of ${rows.length}; ${Math.round(PREDICTED_SHARE * rows.length)} are expected, ${Math.ceil(FEWEST * rows.length)} needed`,
  );
  console.log(`${passed} passed, ${rows.length - passed} failed`);
  return passed >= FEWEST * rows.length ? PASSED : FAILED;
}

function audit(): void {
  const words = [join(ROOT, 'cli/loadtest.ts'), 'audit', ...PAGES, '--repeats', String(2 * SAMPLE)];
  const { status } = spawnSync(process.execPath, words, {
    cwd: ROOT,
    env: childEnvironment(),
    stdio: 'inherit',
  });
  if (status !== PASSED && status !== FAILED) process.exit(status ?? FAILED);
}

function rowsOf({ name, measures }: NonNullable<Summary['audits']>[number]) {
  return MEASURES.flatMap((measure) => {
    const { values = [], unit = 'ms' } = measures.find((one) => one.measure === measure) ?? {};
    const prediction = predictionOf(values);
    if (!prediction) return [];
    const [least, greatest, median] = [prediction.least, prediction.greatest, prediction.median].map(
      (value) => quantity(value, unit),
    ) as [string, string, string];
    const { holds } = prediction;
    return [
      {
        holds,
        cells: [`${name} ${measure}`, `${least} to ${greatest}`, median, holds ? 'within' : 'outside'],
      },
    ];
  });
}
