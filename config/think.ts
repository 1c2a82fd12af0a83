/** Think times per role, from `think.yml` beside this file. */
import { z } from 'zod';
import { loadYaml } from './yaml.ts';

const distribution = z.strictObject({
  /** Seconds. */
  median: z.number().positive().max(600),
  sigma: z.number().min(0).max(2),
});
const schema = z.strictObject({
  resident: distribution,
  faculty: distribution,
  coordinator: distribution,
  admin: distribution,
  visitor: distribution,
});

/** Median in seconds and sigma of the log-normal think time of each role. */
export type ThinkTimes = z.infer<typeof schema>;

/**
 * Reads the think times. A multiplier (0 = none) is applied by the caller.
 * @throws {ConfigError} one line: file and line, role and key, what is wrong
 */
export function loadThinkTimes(file: string | URL = new URL('think.yml', import.meta.url)): ThinkTimes {
  const shown = file instanceof URL ? 'config/think.yml' : file;
  return loadYaml(file, schema, {
    shown,
    place: (path) => path.join('.') || 'the file',
    fix: 'Give each role a median (s) and a sigma.',
  }).data;
}
