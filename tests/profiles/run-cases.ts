/**
 * `npm run test:profiles`: runs every profile on the embedded scheduler, as short as it can honestly be, and once more with
 * a fault that must turn it red for that reason. Then the search for capacity is compared with limits planted at random
 * places. Prints a table and, last, `N passed, N failed`.
 * `--short` is the form that runs in `.ci/run`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withSection } from '../../analysis/text/markdown-section.ts';
import { type Column, markdownTable } from '../../analysis/text/markdown-table.ts';
import { flag } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ROOT, readEnvironment, setProcessEnv } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { setUpBrowser } from '../../runner/set-up-browser.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { finishedRun, runDirectory, startArtillery } from '../artillery/suite-process.ts';
import { setFaults, startTarget } from '../faults/target.ts';
import { type ProfileCase, profileCases } from './cases.ts';

const PAGE = join(ROOT, 'docs/profiles.md');
const BEGIN = '<!-- profiles proved -->';
const END = '<!-- end of profiles proved -->';
/** Longer than the longest of them takes. */
const HANGS_AFTER_MS = 15 * 60_000;
const COLUMNS: readonly Column[] = [
  ['Profile', 'left'],
  ['At least', 'left'],
  ['Healthy', 'left'],
  ['Fault', 'left'],
  ['Then', 'left'],
  ['', 'left'],
];

interface Ran {
  /** Without the reasons of a busy machine; with the exit code where that is another verdict's. */
  verdict: string;
  /** All that it said of itself. */
  told: string;
}

await runProgram({
  name: 'npm run test:profiles --',
  about: 'run profiles on the embedded scheduler, and again with a fault that must turn them red',
  argument: ['[profile...]', 'files of artillery/, without .yml (default: all)'],
  options: {
    short: flag('--short', 'only the profiles that cases.yml marks as short, and no search for capacity'),
    write: flag('--write', 'replace their rows in docs/profiles.md, unless one is wrong'),
  },
  examples: ['npm run test:profiles -- load spike'],
  exits: { passed: 'every row is right', failed: 'a row is wrong', wrongUse: true },
  run: (options, names) => proveProfiles(names, options),
});

async function proveProfiles(
  names: readonly string[],
  { short, write }: { short: boolean; write: boolean },
): Promise<number> {
  // Dates in tests are written down as UTC has them.
  setProcessEnv({ TZ: 'UTC' });
  const chosen = choose(names, short);
  setUpBrowser(readEnvironment());
  const rows: string[][] = [];
  const wrong: string[] = [];
  for (const one of chosen) {
    const began = performance.now();
    const healthy = await ran(one, []);
    const harmed = await ran(one, one.faults);
    const problems = [...problemsOfHealthy(one, healthy), ...problemsOfHarmed(one, harmed)];
    wrong.push(...problems.map((problem) => `${one.profile}: ${problem}`));
    rows.push([
      one.profile,
      leastOf(one),
      healthy.verdict,
      `\`${JSON.stringify(one.faults)}\``,
      `${harmed.verdict}: ${one.because}`,
      problems.length === 0 ? 'ok' : '**wrong**',
    ]);
    console.error(
      `${one.profile}: ${problems.length === 0 ? 'ok' : problems.join('; ')} (${Math.round((performance.now() - began) / 1000)} s)`,
    );
  }
  const table = markdownTable(COLUMNS, rows);
  console.log(`\n${table}\n`);
  if (write && wrong.length === 0) keep(rows);
  const all = names.length === 0 && !short;
  if (all && !findsPlantedLimits()) wrong.push('capacity: a planted limit was not found, see above');
  for (const line of wrong) console.log(`wrong: ${line}`);
  const proved = rows.length + (all ? 1 : 0);
  const failed = new Set(wrong.map((line) => line.split(':')[0])).size;
  console.log(`${proved - failed} passed, ${failed} failed`);
  return failed === 0 && proved > 0 ? PASSED : FAILED;
}

function choose(names: readonly string[], short: boolean): ProfileCase[] {
  const cases = profileCases();
  const known = cases.map(({ profile }) => profile);
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new ConfigError(
      `${stranger}: no profile${didYouMean(stranger, known) || ';'} there are ${known.join(', ')}`,
    );
  if (names.length > 0) return cases.filter(({ profile }) => names.includes(profile));
  return short ? cases.filter((one) => one.short) : cases;
}

/** Runs a profile against a target of its own. */
async function ran(one: ProfileCase, faults: ProfileCase['faults']): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-profile-'));
  const ends: Array<() => unknown> = [];
  try {
    const context = { after: (end: () => unknown) => void ends.push(end) };
    const { scheduler, settings } = await startTarget(context, folder, {
      size: one.size,
      settings: one.target,
    });
    await setFaults(scheduler.url, faults);
    const run = startArtillery(
      `artillery/${one.profile}.yml`,
      {
        ...settings,
        ...(one.duration !== undefined && { DURATION: one.duration }),
        ...(one.vus !== undefined && { VUS: String(one.vus) }),
        ...one.settings,
      },
      ROOT,
      HANGS_AFTER_MS,
    );
    const { code } = await run.ended;
    const reports = join(folder, 'reports');
    if (runDirectory(reports) === undefined)
      return { verdict: `no run, exit ${code}`, told: run.output.trim() };
    const { summary } = finishedRun(reports);
    const told = [...summary.reasons, ...summary.notes.map(({ text }) => text), ...summary.answers].join(
      '\n',
    );
    if (code !== summary.exitCode) return { verdict: `${summary.verdict}, exit ${code}`, told };
    return { verdict: apartFromMachine(summary).verdict, told };
  } finally {
    for (const end of ends.toReversed()) await end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function problemsOfHealthy({ verdicts, says }: ProfileCase, { verdict, told }: Ran): string[] {
  const isExpected = (verdicts as string[]).includes(verdict);
  const isSaid = says === undefined || told.includes(says);
  return [
    ...(isExpected ? [] : [`healthy: ${verdict}, expected ${verdicts.join(' or ')}: ${told}`]),
    ...(isSaid ? [] : [`healthy: it does not say "${says}": ${told}`]),
  ];
}

function problemsOfHarmed({ harmed, because }: ProfileCase, { verdict, told }: Ran): string[] {
  if (verdict !== harmed) return [`with the fault: ${verdict}, expected ${harmed}: ${told}`];
  return told.includes(because) ? [] : [`with the fault: ${verdict}, but not for "${because}": ${told}`];
}

/** As one would type it. */
function leastOf({ duration, vus, size, settings }: ProfileCase): string {
  const parts = [
    ...(duration === undefined ? [] : [`DURATION=${duration}`]),
    ...(vus === undefined ? [] : [`VUS=${vus}`]),
    ...(size === 'medium' ? [] : [`DATA_SIZE=${size}`]),
    ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
  ];
  return parts.length > 0 ? `\`${parts.join(' ')}\`` : 'as it is';
}

function findsPlantedLimits(): boolean {
  const program = join(ROOT, 'tests/profiles/capacity-proof.ts');
  return spawnSync(process.execPath, [program], { cwd: ROOT, stdio: 'inherit' }).status === 0;
}

function keep(rows: ReadonlyArray<readonly string[]>): void {
  const page = readFileSync(PAGE, 'utf8');
  const before = rowsOf(page.slice(page.indexOf(BEGIN), page.indexOf(END)));
  const all = profileCases().flatMap(({ profile }) => {
    const row = [...rows, ...before].find(([name]) => name === profile);
    return row ? [row] : [];
  });
  const written = withSection(page, BEGIN, END, markdownTable(COLUMNS, all));
  if (written === undefined) throw new Error(`${PAGE}: put back the lines ${BEGIN} and ${END}`);
  writeFileSync(PAGE, written);
}

function rowsOf(table: string): string[][] {
  return table
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
