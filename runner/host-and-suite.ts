import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { resolve } from 'node:path';
import { ROOT } from '../config/environment.ts';
import { containerLimits } from '../measure/health/machine/container-limits.ts';
import type { RunJson } from '../measure/run/run.ts';

/** Which suite made the run: version, and the commit where git can tell. */
export function suiteFacts(): RunJson['suite'] {
  const { version } = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as { version: string };
  const commit = git('rev-parse', '--short=12', 'HEAD');
  if (!commit) return { version };
  return { version, commit, dirty: git('status', '--porcelain') !== '' };
}

/** Which machine made the run. Nothing that names it: kind and size only. */
export function hostFacts(browser?: string): RunJson['host'] {
  const cpus = os.cpus();
  return {
    os: `${os.type()} ${os.release()}`,
    cpuModel: cpus[0]?.model.trim() ?? 'unknown',
    cores: os.availableParallelism(),
    memoryMiB: Math.round(os.totalmem() / 2 ** 20),
    node: process.version,
    browser,
    container: containerLimits(),
  };
}

function git(...args: string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined; // no git, or not a checkout
  }
}
