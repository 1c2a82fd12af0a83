/** What the programs that run proofs share: which are wanted, and the page that keeps their tables. */
import { readFileSync, writeFileSync } from 'node:fs';
import { withSection } from '../analysis/text/markdown-section.ts';
import { ConfigError } from '../config/errors.ts';

/**
 * @param names none: all
 * @throws {ConfigError} a name that no proof has
 */
export function chosen<P extends { name: string }>(all: readonly P[], names: readonly string[]): P[] {
  const stranger = names.find((name) => !all.some((proof) => proof.name === name));
  if (stranger !== undefined)
    throw new ConfigError(`${stranger}: no such proof; there are: ${all.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? [...all] : all.filter(({ name }) => names.includes(name));
}

/** Puts a proof's section between its two marks on a page, or with them to the page's end. */
export function keepSection(file: string, name: string, section: string): void {
  const [begin, end] = [`<!-- proof ${name} -->`, `<!-- end of ${name} -->`];
  const page = readFileSync(file, 'utf8');
  const atEnd = `${page.trimEnd()}\n\n${begin}\n\n${section}\n\n${end}\n`;
  writeFileSync(file, withSection(page, begin, end, section) ?? atEnd);
}
