import { readFileSync, writeFileSync } from 'node:fs';
import { readZip, writeZip } from './zip.ts';

/** A byte that no text of a trace holds: pictures and fonts are left as they are. */
const NUL = 0;

/** Copies a Playwright trace without the secrets in it: actions, network, snapshots, bodies, the console. */
export function copyMasked(from: string, to: string, mask: (text: string) => string): void {
  const entries = readZip(readFileSync(from)).map(({ name, content }) => ({
    name,
    content: content.includes(NUL) ? content : Buffer.from(mask(content.toString('utf8'))),
  }));
  writeFileSync(to, writeZip(entries));
}
