/**
 * `npm run test:truth`: something known is injected, and what the suite says of it is compared with it. Prints a table a
 * proof and, last, `N passed, N failed` over their rows. Exits 1 when a row is wrong or a proof could not be made.
 * Proofs are the files of `tests/truth/proofs/`.
 */
import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { flag, text } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ROOT, readEnvironment, setProcessEnv } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { setUpBrowser } from '../../runner/set-up-browser.ts';
import { chosen, keepSection } from '../proof-files.ts';
import type { Proof, ProofOptions, ProofRow } from './proof.ts';
import { proofTable } from './proof-table.ts';

const PROOFS = new URL('proofs/', import.meta.url);
const PAGE = join(ROOT, 'docs/truth.md');

await runProgram({
  name: 'npm run test:truth --',
  about: 'inject something known and compare what the suite measures with it',
  argument: ['[proof...]', 'files of tests/truth/proofs/, without .ts (default: all)'],
  options: {
    short: flag('--short', 'fewer trials'),
    seed: text('--seed <n>', "repeat a run's choices (default: a new one, which is printed)"),
    write: flag('--write', 'put the tables into docs/truth.md too'),
  },
  examples: ['npm run test:truth -- --short'],
  exits: {
    passed: 'every row is right',
    failed: 'a row is wrong, or a proof could not be made',
    wrongUse: true,
  },
  run: ({ short, seed, write }, names) => {
    if (write && short)
      throw new ConfigError('--write --short: docs/truth.md keeps the long form; leave one of them out');
    return prove(names, { short, seed: seedOf(seed) }, write);
  },
});

async function prove(names: readonly string[], options: ProofOptions, write: boolean): Promise<number> {
  const proofs = await loadProofs(names);
  // Dates in tests are written down as UTC has them.
  setProcessEnv({ TZ: 'UTC' });
  setUpBrowser(readEnvironment());
  let passed = 0;
  const wrong: string[] = [];
  const waiting = options.short ? sideBySide(proofs, options) : new Map<Proof, Promise<Made>>();
  await Promise.all(waiting.values());
  for (const proof of proofs) {
    const { rows, seconds } = await (waiting.get(proof) ?? made(proof, options));
    const text = section(proof, options, rows);
    console.log(`${text}\n`);
    console.error(`(${proof.name}: ${Math.round(seconds)} s)\n`);
    if (write) keepSection(PAGE, proof.name, text);
    passed += rows.filter(({ ok }) => ok).length;
    wrong.push(...rows.filter(({ ok }) => !ok).map(({ what, found }) => `${proof.name}: ${what}: ${found}`));
  }
  for (const row of wrong) console.log(`wrong: ${row}`);
  console.log(`${passed} passed, ${wrong.length} failed`);
  return wrong.length === 0 && passed > 0 ? PASSED : FAILED;
}

function seedOf(text: string | undefined): number {
  const seed = text === undefined ? randomInt(1, 1_000_000) : Number(text);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new ConfigError(`--seed ${text}: not a whole number; give the one that a run printed`);
  return seed;
}

async function loadProofs(names: readonly string[]): Promise<Proof[]> {
  const files = readdirSync(PROOFS).filter((file) => file.endsWith('.ts'));
  const all: Proof[] = [];
  for (const file of files.sort()) {
    const { default: proof } = (await import(new URL(file, PROOFS).href)) as { default?: Proof };
    if (typeof proof?.run !== 'function')
      throw new Error(`tests/truth/proofs/${file}: export default { name, title, run } satisfies Proof`);
    all.push(proof);
  }
  return chosen(all, names);
}

function sideBySide(proofs: readonly Proof[], options: ProofOptions): Map<Proof, Promise<Made>> {
  return new Map(proofs.filter(({ patient }) => patient).map((proof) => [proof, made(proof, options)]));
}

interface Made {
  rows: ProofRow[];
  seconds: number;
}

async function made(proof: Proof, options: ProofOptions): Promise<Made> {
  const began = performance.now();
  const rows = await rowsOf(proof, options);
  return { rows, seconds: (performance.now() - began) / 1000 };
}

/** A proof that breaks off has proved nothing: one wrong row. */
async function rowsOf(proof: Proof, options: ProofOptions): Promise<ProofRow[]> {
  try {
    const rows = await proof.run(options);
    if (rows.length > 0) return rows;
    return [broken('it has no rows')];
  } catch (error) {
    console.error(error);
    return [broken(error instanceof Error ? error.message : String(error))];
  }
}

function broken(why: string): ProofRow {
  return { what: 'the proof itself', injected: '', found: why, n: 0, allowed: '', ok: false };
}

function section(proof: Proof, { short, seed }: ProofOptions, rows: readonly ProofRow[]): string {
  const command = `npm run test:truth -- ${proof.name}${short ? ' --short' : ''} --seed ${seed}`;
  return `### ${proof.title}\n\n\`${command}\`\n\n${proofTable(rows)}`;
}
