/** The practical limit: the least change that matters. */
import { ConfigError } from '../config/errors.ts';

/** Percent, where nobody says otherwise. */
export const USUAL_THRESHOLD = '10';

/** @throws {ConfigError} one line @returns a share, 0.1 of `10` */
export function thresholdOf(percent: string): number {
  const share = Number(percent) / 100;
  if (share > 0 && share < 1) return share;
  throw new ConfigError(
    `--threshold ${percent}: not a percentage. Write a number above 0 and below 100, e.g. 10.`,
  );
}
