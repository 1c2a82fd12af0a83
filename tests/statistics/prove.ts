/**
 * `npm run test:statistics`: how often the statistics of comparison find a change that is there, and how often one that is not.
 * Prints tables and what is promised of them and, last, `N passed, N failed` over the promises. Exits 1 when one is not kept.
 * Proofs are the files of `tests/statistics/proofs/`; the same seed makes the same tables on every machine.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTable } from '../../analysis/text/markdown-table.ts';
import { flag, text } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { chosen, keepSection } from '../proof-files.ts';
import { isKept, type Proof, type ProofOptions, percent, promiseTable } from './proof.ts';

const PROOFS = new URL('proofs/', import.meta.url);
const PAGE = join(ROOT, 'docs/statistics.md');
const SEED = '1';

await runProgram({
  name: 'npm run test:statistics --',
  about: 'simulate comparisons whose truth is known and count what is found',
  argument: ['[proof...]', 'files of tests/statistics/proofs/, without .ts (default: all)'],
  options: {
    short: flag('--short', 'fewer comparisons'),
    seed: text('--seed <n>', `other random numbers (default: ${SEED})`),
    write: flag('--write', 'put the tables into docs/statistics.md too'),
  },
  examples: ['npm run test:statistics -- --short'],
  exits: { passed: 'every promise is kept', failed: 'a promise is not kept', wrongUse: true },
  run: async ({ short, seed = SEED, write }, names) => {
    if (write && short)
      throw new ConfigError('--write --short: docs/statistics.md keeps the long form; leave one of them out');
    if (!/^\d{1,9}$/.test(seed))
      throw new ConfigError(`--seed ${seed}: not a whole number; give one such as ${SEED}`);
    return prove(await loadProofs(names), { short, seed: Number(seed) }, write);
  },
});

function prove(proofs: readonly Proof[], options: ProofOptions, write: boolean): number {
  let passed = 0;
  const broken: string[] = [];
  for (const proof of proofs) {
    const { tables, promises } = proof.run(options);
    const parts = tables.map(({ about, columns, rows }) => `${about}\n\n${markdownTable(columns, rows)}`);
    const section = `### ${proof.title}\n\n\`${command(proof, options)}\`\n\n${parts.join('\n\n')}\n\n${promiseTable(promises, options.short)}`;
    console.log(`${section}\n`);
    if (write) keepSection(PAGE, proof.name, section);
    for (const promise of promises)
      if (isKept(promise, options.short)) passed += 1;
      else broken.push(`${proof.name}: ${promise.what}: ${percent(promise)}`);
  }
  for (const line of broken) console.log(`not kept: ${line}`);
  console.log(`${passed} passed, ${broken.length} failed`);
  return broken.length === 0 && passed > 0 ? PASSED : FAILED;
}

function command(proof: Proof, { short, seed }: ProofOptions): string {
  return `npm run test:statistics -- ${proof.name}${short ? ' --short' : ''} --seed ${seed}`;
}

async function loadProofs(names: readonly string[]): Promise<Proof[]> {
  const all: Proof[] = [];
  for (const file of readdirSync(PROOFS).sort())
    all.push(((await import(new URL(file, PROOFS).href)) as { default: Proof }).default);
  return chosen(all, names);
}
