import { hostOf, isLoopback } from '../../config/hosts.ts';
import type { RunJson } from '../../measure/run/run.ts';

/** Says when the target ran on the generator's own machine: each then takes CPU from the other. */
export function sameMachine({ target, host }: Pick<RunJson, 'target' | 'host'>): string | undefined {
  const cores = `its ${host.cores} ${host.cores === 1 ? 'core' : 'cores'}`;
  if (target.kind === 'embedded') {
    return `The target ran on the same machine as the generator, and the two shared ${cores}: on machines of its own it can be faster.`;
  }
  if (!isLoopback(hostOf(target.url) ?? '')) return undefined;
  return `The target was met at a loopback address: unless a tunnel leads elsewhere, it ran on the same machine as the generator, and the two shared ${cores}.`;
}
