import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { givenVariables, ROOT, readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import type { Plan, Scale } from './plan.ts';
import { planOf } from './plan-of.ts';
import { withLine } from './profile-mistake.ts';
import type { Script } from './script.ts';

/** What `DURATION` and `VUS` ask for. The target's own settings do not matter here, and may not be complete yet. */
export function givenScale(): Scale {
  const { DURATION, VUS, BASE_URL } = givenVariables();
  return { ...readEnvironment({ DURATION, VUS }), baseUrl: BASE_URL };
}

/**
 * The plan of a profile's file.
 * @throws {ConfigError} when there is no such file, it is no Artillery script, or one that the suite cannot run
 */
export function planOfFile(file: string, scale: Scale): Plan {
  const script = readScript(file);
  try {
    return planOf(script, scale);
  } catch (error) {
    throw withLine(error, { script: resolve(ROOT, file) });
  }
}

/** @throws {ConfigError} when there is no such file, or it is no Artillery script */
export function readScript(file: string): Script {
  let script: unknown;
  try {
    script = parse(readFileSync(resolve(ROOT, file), 'utf8'));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ConfigError(
      `profile ${file}: ${missing ? 'no such file' : 'cannot be read as YAML'}; name an Artillery script, e.g. --profile artillery/load.yml`,
    );
  }
  if (!isScript(script))
    throw new ConfigError(
      `profile ${file}: has no \`config\`, so it is no Artillery script; name one, e.g. --profile artillery/load.yml`,
    );
  return script;
}

function isScript(value: unknown): value is Script {
  const { config } = (value ?? {}) as { config?: unknown };
  return typeof config === 'object' && config !== null;
}
