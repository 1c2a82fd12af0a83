/** Answers that the application is known to give wrongly: a dated list, from `known-defects.yml` beside this file. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { ConfigError } from './errors.ts';

const schema = z.array(
  z
    .strictObject({
      name: z.string().min(1),
      /** Operation of a request, or step, that it shows in. Neither: counted by the journey's own event only. */
      operation: z.string().min(1).optional(),
      step: z.string().min(1).optional(),
      /** Part of what the browser's console says or a page throws, compared without regard to case. */
      console: z.string().min(1).optional(),
      status: z.number().int().min(100).max(599).optional(),
      /** Only of requests that this page sent (route pattern). */
      page: z.string().startsWith('/').optional(),
      /** Only on targets that have their rate limits on. */
      rateLimits: z.literal(true).optional(),
      /** Part of the error's text, compared without regard to case. */
      error: z.string().min(1).optional(),
      reason: z.string().min(1),
      source: z.string().min(1),
      /** Last day on which it is excused, UTC. */
      until: z.iso.date(),
    })
    .refine((defect) => !(defect.operation || defect.step) || defect.status !== undefined || defect.error, {
      message:
        'an operation or step needs a status or an error text, else every failure of it would be excused',
    })
    .refine((defect) => defect.status === undefined || defect.operation, {
      message: 'a status belongs to an operation',
    }),
);

export type KnownDefect = z.infer<typeof schema>[number];

/**
 * Reads and checks the list.
 * @throws {ConfigError} one line: file, which entry and key, how to mend it
 */
export function loadKnownDefects(
  file: string | URL = new URL('known-defects.yml', import.meta.url),
): KnownDefect[] {
  const shown = file instanceof URL ? 'config/known-defects.yml' : file;
  let content: unknown;
  try {
    // `core` keeps dates as text; the list is empty when the file is.
    content = parse(readFileSync(file, 'utf8'), { schema: 'core' }) ?? [];
  } catch (error) {
    throw new ConfigError(
      `${shown}: ${String((error as Error).message).split('\n')[0]}. Mend or restore the file.`,
    );
  }
  const result = schema.safeParse(content);
  if (!result.success) {
    const issue = result.error.issues[0];
    const [index, ...key] = issue?.path ?? [];
    const named = Array.isArray(content) && typeof index === 'number' ? content[index]?.name : undefined;
    const entry =
      index === undefined ? 'the file' : `entry ${Number(index) + 1}${named ? ` ('${named}')` : ''}`;
    const at = key.length > 0 ? `${entry}, ${key.join('.')}` : entry;
    const form =
      'each entry has name, reason, source, until (YYYY-MM-DD) and optionally operation, step, console, status, page, rateLimits, error';
    throw new ConfigError(`${shown}: ${at}: ${issue?.message}; ${form}.`);
  }
  const names = result.data.map((defect) => defect.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice)
    throw new ConfigError(`${shown}: '${twice}' is there twice; give each defect a name of its own.`);
  return result.data;
}
