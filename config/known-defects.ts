/** Answers that the application is known to give wrongly: a dated list, from `known-defects.yml` beside this file. */
import { z } from 'zod';
import { loadYaml } from './yaml.ts';
import type { Path } from './yaml-line.ts';

const text = z.string().min(1);

const defects = z.array(
  z
    .strictObject({
      name: z.string().min(1),
      /** Operation of a request, or step, that it shows in. Neither: counted by the journey's own event only. */
      operation: z.string().min(1).optional(),
      step: z.string().min(1).optional(),
      /** Part of what the browser's console says or a page throws, or several of which one is; `*` stands for any text. */
      console: z.union([text, z.array(text).min(1)]).optional(),
      status: z.number().int().min(100).max(599).optional(),
      /** Only of requests that this page sent, and of its errors (route pattern). */
      page: z.string().startsWith('/').optional(),
      /** Only on targets that have their rate limits on. */
      rateLimits: z.literal(true).optional(),
      /** Part of the error's text, or several of which one is in it, compared without regard to case. */
      error: z.union([text, z.array(text).min(1)]).optional(),
      /** What it leaves behind, which journeys look for where the target hides its texts. */
      effect: text.optional(),
      /** Share of the answers that have it, of those that are good or have it, 0–1. */
      share: z.number().min(0).max(1).optional(),
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
    })
    .refine(({ effect, share, operation }) => (effect === undefined && share === undefined) || operation, {
      message: 'an effect and a share belong to an operation',
    }),
);

export type KnownDefect = z.infer<typeof defects>[number];

/** An empty file is an empty list. */
const schema = z
  .unknown()
  .transform((content) => content ?? [])
  .pipe(defects);

const FORM =
  'Each entry has name, reason, source, until (YYYY-MM-DD) and optionally operation, step, console, status, page, rateLimits, error, effect, share.';

/**
 * Reads and checks the list.
 * @throws {ConfigError} one line: file and line, which entry and key, what is wrong
 */
export function loadKnownDefects(
  file: string | URL = new URL('known-defects.yml', import.meta.url),
): KnownDefect[] {
  const shown = file instanceof URL ? 'config/known-defects.yml' : file;
  const { data, mistake } = loadYaml(file, schema, { shown, place, fix: FORM });
  const names = data.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) !== index);
  if (twice >= 0) throw mistake([twice, 'name'], `'${names[twice]}' is there twice`);
  return data;
}

/** `entry 2 ('a name'), until`. */
function place([index, ...key]: Path, content: unknown): string {
  if (index === undefined) return 'the file';
  const name: unknown = Array.isArray(content) ? content[Number(index)]?.name : undefined;
  const entry = `entry ${Number(index) + 1}${name ? ` ('${name}')` : ''}`;
  return key.length > 0 ? `${entry}, ${key.join('.')}` : entry;
}
