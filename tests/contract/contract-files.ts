import { readdirSync, readFileSync } from 'node:fs';
import { ariaLines } from './aria-lines.ts';
import { maskedRequest } from './masks.ts';

/** One file of `aria/`: what a page of the real application shows to one role, and what its hard load asks. */
export interface ContractFile {
  /** Name without ending, e.g. `resident_absences` or `dialog_generate`. */
  name: string;
  /** `null`: nobody is signed in. */
  role: string | null;
  path: string;
  lines: Set<string>;
  /** `GET /auth/me 200`; undefined where the file does not say. */
  requests?: Set<string>;
}

const FOLDER = new URL('./aria/', import.meta.url);
const REQUESTS = '# requests to /api/v1';

function read(file: string): ContractFile {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  const name = file.replace(/\.txt$/, '');
  const [tree = '', ...sections] = text.split(/^(?=# )/m);
  const path = /^(?:URL )?(\/\S*)/.exec(tree)?.[1] ?? '/login';
  const asked = sections.find((section) => section.startsWith(REQUESTS));
  const requests = asked?.split('\n').slice(1).filter(Boolean).map(maskedRequest);
  const role = name === 'login' ? null : (name.split('_')[0] ?? null);
  return { name, role, path, lines: ariaLines(tree), requests: requests && new Set(requests) };
}

export function contractFiles(): ContractFile[] {
  return readdirSync(FOLDER).sort().map(read);
}
