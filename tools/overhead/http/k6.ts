import { spawnSync } from 'node:child_process';
import type { Environment } from '../../../config/environment.ts';
import { ConfigError } from '../../../config/errors.ts';

export const K6_VERSION = 'v1.8.1';
export const HOW_TO_GET_K6 = `no k6 on PATH and K6_PATH is not set: \`go install go.k6.io/k6@${K6_VERSION}\` puts it into $(go env GOPATH)/bin`;

/**
 * The program and what it says of its version; undefined where there is none.
 * @throws ConfigError when K6_PATH names a program that is no k6
 */
export function findK6({
  k6Path,
}: Pick<Environment, 'k6Path'>): { path: string; version: string } | undefined {
  const path = k6Path ?? 'k6';
  const { stdout, status } = spawnSync(path, ['version'], { encoding: 'utf8' });
  const version = status === 0 ? /v\d+\.\d+\.\d+/.exec(stdout)?.[0] : undefined;
  if (version !== undefined) return { path, version };
  if (k6Path === undefined) return undefined;
  throw new ConfigError(
    `K6_PATH=${k6Path}: \`${k6Path} version\` does not answer as k6 does; name k6's program`,
  );
}
