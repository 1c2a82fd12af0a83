/**
 * An operation that users were refused with 429, though no journey was there to see that.
 *
 * Reason: a limit by address counts all users behind one proxy or office together; those refused did not wait, so it has no gain.
 * Source: RFC 6585 §4. By Little's law users × calls a second of each is the rate that a limit must allow.
 */
import { thousands } from '../format.ts';
import { FEWEST, type Rule, roughly } from './rule.ts';

const FEWEST_REFUSED = 5;

export const rateLimit: Rule = ({ operations, quotas, counts }) =>
  operations.flatMap(({ name, attempts, rateLimited = 0, rate }) => {
    if (attempts < FEWEST || rateLimited < FEWEST_REFUSED) return [];
    const limit = quotas.find(({ operation }) => operation === name)?.limit;
    const says =
      typeof limit === 'number' ? ` The target says that it allows ${thousands(limit)} in a window.` : '';
    return [
      {
        about: name,
        finding: `${roughly(rateLimited / attempts)} of ${thousands(attempts)} calls of ${name} were refused with 429.${says}`,
        action: `Raise the limit of ${name} or count it by user instead of by address; on a test deployment switch it off.`,
        gain: null,
        n: attempts,
        of: 'calls',
        figures: [
          { name: 'refused', value: rateLimited / attempts, unit: '%' as const },
          { name: 'answered well', value: rate, unit: '/s' as const },
          { name: 'most users at a time', value: counts.peakUsers, unit: '1' as const },
        ],
      },
    ];
  });
