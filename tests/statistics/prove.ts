/**
 * `npm run test:statistics`: how often the statistics of comparison find a change that is there, and how often one that is not.
 * Prints tables and what is promised of them and, last, `N passed, N failed` over the promises. Exits 1 when one is not kept.
 * Proofs are the files of `tests/statistics/proofs/`; the same seed makes the same tables on every machine.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSection } from '../../analysis/text/markdown-section.ts';
import { markdownTable } from '../../analysis/text/markdown-table.ts';
import { flag, text } from '../../config/command-line/option.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
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
    if (write) keep(proof.name, section);
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
  const stranger = names.find((name) => !all.some((proof) => proof.name === name));
  if (stranger !== undefined)
    throw new ConfigError(`${stranger}: no such proof; there are: ${all.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
}

/** Puts a proof's section between its two marks, or with them to the page's end. */
function keep(name: string, section: string): void {
  const [begin, end] = [`<!-- proof ${name} -->`, `<!-- end of ${name} -->`];
  const page = readFileSync(PAGE, 'utf8');
  const atEnd = `${page.trimEnd()}\n\n${begin}\n\n${section}\n\n${end}\n`;
  writeFileSync(PAGE, withSection(page, begin, end, section) ?? atEnd);
}
