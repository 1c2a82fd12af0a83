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

export interface ProcStat {
  /** Of its program, as the kernel has it: at most 15 characters. */
  name: string;
  /** From the state on, as proc(5) lists them: [0] state, [1] parent, [11]–[14] CPU ticks, [19] when it was started. */
  fields: string[];
}

/** What /proc/<pid>/stat says; undefined when the process has ended. A name may hold spaces and brackets of its own. */
export function procStat(proc: string, pid: number): ProcStat | undefined {
  const text = procFile(proc, `${pid}/stat`);
  if (text === undefined) return undefined;
  const nameEnds = text.lastIndexOf(')');
  return { name: text.slice(text.indexOf('(') + 1, nameEnds), fields: text.slice(nameEnds + 2).split(' ') };
}
