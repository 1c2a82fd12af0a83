import type { Sample } from '../../measure/run/samples.ts';
import { isCancelled } from './request-counts.ts';

/**
 * Whether shares of failures are taken of it: it ended, well or badly. What was interrupted, and what a page took back because
 * its user had gone elsewhere, has no end that says anything, and would only dilute the failures of others.
 */
export function isAttempt(sample: Sample): boolean {
  if (sample.kind === 'request') return !isCancelled(sample);
  return !('interrupted' in sample && sample.interrupted);
}
