import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** A process, distinguished from a later one that got the same number by the moment it was started. */
export interface ProcessId {
  pid: number;
  /** Clock ticks since the machine was started (proc(5), field 22). */
  started: string;
}

/** State, parent and start of a process; undefined when it is gone. */
function stat(pid: number): { state: string; parent: number; started: string } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', parent: Number(fields[1]), started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** All processes under `root`, without itself. */
export function descendants(root: number): ProcessId[] {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), ...stat(Number(name)) }));
  const found: ProcessId[] = [];
  const open = [root];
  for (let parent = open.pop(); parent !== undefined; parent = open.pop()) {
    for (const one of all) {
      if (one.parent !== parent || one.started === undefined) continue;
      found.push({ pid: one.pid, started: one.started });
      open.push(one.pid);
    }
  }
  return found;
}

/** Its command line, words parted by spaces; empty when it is gone. */
export function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return '';
  }
}

function runs({ pid, started }: ProcessId): boolean {
  const now = stat(pid);
  return now !== undefined && now.started === started && now.state !== 'Z';
}

/** Those of `processes` that still run after at most `withinMs`, with their command lines. */
export async function stillRunning(processes: readonly ProcessId[], withinMs: number): Promise<string[]> {
  const until = Date.now() + withinMs;
  for (;;) {
    const left = processes.filter(runs);
    if (left.length === 0 || Date.now() >= until) return left.map(({ pid }) => `${pid} ${commandLine(pid)}`);
    await wait(100);
  }
}
