/** The processes of this machine and who started whom, by proc(5). */
import { readdirSync } from 'node:fs';
import { PROC } from '../../run/proc-file.ts';

/** Ids of all processes of the machine; none where this is not Linux. */
export function processes(proc = PROC): number[] {
  try {
    return readdirSync(proc).map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

/**
 * A process and all below it, itself first; empty where it is not among them.
 * @param all what is known of each process, by its id
 * @param without its process, and all below it, are left out
 */
export function familyOf(
  root: number,
  all: ReadonlyMap<number, { readonly parent: number }>,
  without?: number,
): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, { parent }] of all) {
    const siblings = children.get(parent);
    if (siblings) siblings.push(pid);
    else children.set(parent, [pid]);
  }
  const family: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (!all.has(pid) || pid === without) continue;
    family.push(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return family;
}
