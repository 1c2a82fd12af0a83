/** Which process makes a run: whether it is still at work is then known, on the same machine. Linux only. */
import { readlinkSync } from 'node:fs';
import { PROC, procFile, procStat } from './proc-file.ts';

export interface WriterProcess {
  pid: number;
  /** When it was started, in clock ticks since the machine was (proc(5), field 22): a later one may get the same pid. */
  started: string;
  /** Boot and namespace in which the pid means something. Random and forgotten at the next boot: it names no machine. */
  where: string;
}

/** A process of this machine, default this one; undefined where it cannot be distinguished from others. */
export function writerProcess(pid = process.pid, proc = PROC): WriterProcess | undefined {
  const where = here(proc);
  const started = startOf(pid, proc);
  return where !== undefined && started !== undefined ? { pid, started, where } : undefined;
}

/** Whether that process is still there; undefined where it ran on another machine, in another container or boot. */
export function isRunning({ pid, started, where }: WriterProcess, proc = PROC): boolean | undefined {
  return where === here(proc) ? startOf(pid, proc) === started : undefined;
}

function here(proc: string): string | undefined {
  const boot = procFile(proc, 'sys/kernel/random/boot_id')?.trim();
  try {
    return boot && `${boot} ${readlinkSync(`${proc}/self/ns/pid`)}`;
  } catch {
    return undefined; // no Linux, or one without namespaces
  }
}

/** Undefined when it has ended, also where its parent has not taken note (state Z). */
function startOf(pid: number, proc: string): string | undefined {
  const fields = procStat(proc, pid)?.fields;
  return fields === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}
