/** Think times per role, from `think.yml` beside this file. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from './errors.ts';

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
 * Reads the think times. A multiplier (0 = none) is applied by whoever thinks.
 * @throws {ConfigError} one line: what is wrong, in which file.
 */
export function loadThinkTimes(file: string | URL = new URL('think.yml', import.meta.url)): ThinkTimes {
  const shown = file instanceof URL ? 'config/think.yml' : file;
  let content: unknown;
  try {
    content = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new ConfigError(`${shown}: ${String((error as Error).message).split('\n')[0]}. Restore the file.`);
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new ConfigError(
    `${shown}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}. Give each role a median (s) and a sigma.`,
  );
}
