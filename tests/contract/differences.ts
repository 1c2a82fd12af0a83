import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Difference {
  /** Name of the contract's file. */
  page: string;
  /** As the test prints it: `missing: button "X"`, `request missing: …`, `request too many: …`. */
  line: string;
  reason: string;
}

export function knownDifferences(): Difference[] {
  const text = readFileSync(new URL('./differences.yml', import.meta.url), 'utf8');
  const list = (parse(text) ?? []) as Difference[];
  for (const { page, line, reason } of list) {
    if (!page || !line || !reason)
      throw new Error(`differences.yml: an entry lacks page, line or reason (${page})`);
  }
  return list;
}
