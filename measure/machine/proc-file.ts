import { readFileSync } from 'node:fs';

/** Where Linux tells of itself and its processes: proc(5). */
export const PROC = '/proc';

/** The text of a file under /proc; undefined where there is none: another system, a process that has ended. */
export function procFile(proc: string, name: string): string | undefined {
  try {
    return readFileSync(`${proc}/${name}`, 'utf8');
  } catch {
    return undefined; // not there, switched off in this kernel, or not ours to read: the figure is then absent
  }
}
