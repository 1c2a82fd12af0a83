import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const words = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

const profileCase = z.strictObject({
  profile: z.string(),
  /** `DURATION`. Absent: the profile's own length. */
  duration: z.string().optional(),
  /** `VUS`. Absent: the profile's own users. */
  vus: z.number().optional(),
  size: z.enum(['small', 'medium', 'large']).default('medium'),
  settings: words.default({}),
  target: words.default({}),
  verdicts: z.array(z.enum(['pass', 'warn'])).min(1),
  /** Part of a line that the healthy run must say, e.g. its answer. */
  says: z.string().optional(),
  faults: z.array(z.record(z.string(), z.unknown())).min(1),
  /** The verdict that the faults must bring about. */
  harmed: z.enum(['fail', 'pass', 'warn']).default('fail'),
  /** Part of a reason, or of what the run says. */
  because: z.string(),
  /** One of those that `--short` runs. */
  short: z.boolean().default(false),
});

export type ProfileCase = z.output<typeof profileCase>;

/** How each profile is proved: `cases.yml` beside this file. Throws naming the place for what is wrong there. */
export function profileCases(): ProfileCase[] {
  return z.array(profileCase).parse(parse(readFileSync(new URL('cases.yml', import.meta.url), 'utf8')));
}
