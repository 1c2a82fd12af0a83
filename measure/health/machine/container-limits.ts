/** What the kernel allows a container, where it is less than the machine: control groups of either version. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';

/** Absent: no limit, or not known. */
export interface ContainerLimits {
  cores?: number;
  memoryMiB?: number;
}

const MIB = 2 ** 20;

/**
 * Of this process's own group, as a container sees it: version 2 (https://docs.kernel.org/admin-guide/cgroup-v2.html) or 1
 * (https://docs.kernel.org/admin-guide/cgroup-v1/index.html).
 * @param root where control groups are mounted
 * @returns undefined: no limit is known
 */
export function containerLimits(root = '/sys/fs/cgroup', total = os.totalmem()): ContainerLimits | undefined {
  const read = (file: string) => {
    try {
      return readFileSync(join(root, file), 'utf8').trim();
    } catch {
      return undefined; // another version of control groups, another system, or not ours to read
    }
  };
  const [quota = '', period = ''] = read('cpu.max')?.split(' ') ?? [
    read('cpu/cpu.cfs_quota_us'),
    read('cpu/cpu.cfs_period_us'),
  ];
  const bytes = Number(read('memory.max') ?? read('memory/memory.limit_in_bytes'));
  const cores = Number(quota) / Number(period);
  const limits: ContainerLimits = {
    ...(cores > 0 && Number.isFinite(cores) && { cores: Math.round(cores * 100) / 100 }),
    // Version 1 without a limit has a number beyond any memory.
    ...(bytes > 0 && bytes < total && { memoryMiB: Math.round(bytes / MIB) }),
  };
  return Object.keys(limits).length > 0 ? limits : undefined;
}
