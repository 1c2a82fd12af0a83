/** For how long runs are kept, from `retention.yml` beside this file, which describes each key. */
import { z } from 'zod';
import { loadYaml } from './yaml.ts';

/** Days since a run began. */
export interface Retention {
  samples: number;
  reports: number;
  /** A run stays when one of them says so. */
  figures: FiguresKept;
}

export interface FiguresKept {
  /** How many days back runs are kept. */
  days?: number;
  /** How many of the newest runs of each environment and profile. */
  keep?: number;
}

const whole = z.int().min(0).max(100_000);
const schema = z.strictObject({
  samples: whole,
  reports: whole,
  figures: z.strictObject({ days: whole, keep: whole }),
});

/** @throws {ConfigError} one line: file and line, key, what is wrong */
export function loadRetention(file: string | URL = new URL('retention.yml', import.meta.url)): Retention {
  const shown = file instanceof URL ? 'config/retention.yml' : file;
  const { data, mistake } = loadYaml(file, schema, { shown, fix: 'Write a number of days, e.g. 30' });
  const { samples, reports, figures } = data;
  if (reports < samples)
    throw mistake(['reports'], `${reports} days, and samples stay for ${samples}`, 'Samples go first');
  if (figures.days < reports)
    throw mistake(['figures', 'days'], `${figures.days}, and reports stay for ${reports}`, 'Figures go last');
  return data;
}
