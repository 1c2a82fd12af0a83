/** Keys that a profile may have: a misspelt one would be left out in silence, and the load be another. */
import type { z } from 'zod';
import { didYouMean } from '../../config/nearest-name.ts';

export const SUITE_KEYS = ['profile', 'users', 'maxTime', 'capacity'];
export const SCRIPT_KEYS = ['config', 'scenarios'];
export const SCENARIO_KEYS = ['name', 'engine', 'weight', 'flowFunction', 'journeys', 'perSession'];
export const PHASE_KEYS = [
  'name',
  'duration',
  'pause',
  'arrivalCount',
  'arrivalRate',
  'arrivals',
  'users',
  'rampTo',
  'steered',
  'spike',
  'scenarios',
  'warmup',
];
/** Artillery's own (2.0.34, types.d.ts), without those that own-target.ts refuses. */
export const CONFIG_KEYS = [
  'target',
  'processor',
  'plugins',
  'engines',
  'phases',
  'variables',
  'includeFiles',
  'bundling',
  'statsInterval',
  'ensure',
  'apdex',
  'mode',
];

/** Refuses all other keys. Those with an underscore before them are Artillery's notes to itself. */
export function only(known: readonly string[]) {
  return (given: Record<string, unknown>, context: z.core.$RefinementCtx<Record<string, unknown>>): void => {
    const key = Object.keys(given).find((one) => !known.includes(one) && !one.startsWith('_'));
    if (key === undefined) return;
    const near = didYouMean(key, known) || ';';
    context.addIssue({
      code: 'custom',
      message: `unknown key '${key}'${near} known are ${known.join(', ')}`,
      params: { key },
    });
  };
}
