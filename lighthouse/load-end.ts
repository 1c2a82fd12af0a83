/** How a load ended that Lighthouse watched: by itself, or because Lighthouse stopped waiting. */
import type { Result } from 'lighthouse';

/** Lighthouse's own name of the warning (core/gather/driver/navigation.js), in whatever language it is given. */
const CUT_OFF = '| warningTimeout';

/** Lighthouse waits for a quiet network and processor up to `maxWaitForLoad`, 45 s, and then gives figures of what has come. */
export function isCutOff({ i18n }: Pick<Result, 'i18n'>): boolean {
  return Object.keys(i18n.icuMessagePaths ?? {}).some((id) => id.endsWith(CUT_OFF));
}

/**
 * A page that has loaded and goes on asking is audited; one whose load event never came is not.
 * @throws {Error} what was audited is a part of the page
 */
export function checkHasLoaded(lhr: Pick<Result, 'i18n' | 'configSettings' | 'audits'>): void {
  if (!isCutOff(lhr)) return;
  const details = lhr.audits.metrics?.details as { items?: Array<{ observedLoad?: number }> } | undefined;
  if (details?.items?.[0]?.observedLoad !== undefined) return;
  const seconds = lhr.configSettings.maxWaitForLoad / 1000;
  throw new Error(`has not finished loading after ${seconds} s: its figures would be those of a part of it`);
}
