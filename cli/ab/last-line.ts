import { readFileSync } from 'node:fs';

/** Of what a command has printed into its log. */
export function lastLine(log: string): string {
  return readFileSync(log, 'utf8').trim().split('\n').at(-1) || 'it printed nothing';
}
