import type { Observations } from '../summary/observations.ts';
import type { Reason } from '../summary/reason.ts';
import { generatorStrain, generatorTrouble } from './generator-trouble.ts';

/** A stop of the generator that has an event is noticed at the end of its second. Longer stops are invalid by themselves. */
const REPORTED_WITHIN_S = 3;
const MAX_SECONDS_NAMED = 5;
/** Of the time of load. With more of it unknown, p95 of its seconds says nothing of the slowest twentieth. */
const MAX_UNWATCHED_SHARE = 0.05;
/** A look that comes late by chance leaves a second or two, which are more than that share of a run of half a minute. */
const FEW_SECONDS = 3;

/** Why what was measured may be the generator, as far as its seconds show. */
export function generatorHealth(seen: Observations): Reason[] {
  const { generator, endedEarly } = seen;
  const trouble = generatorTrouble(generator).map((reason) => withStalls(reason, seen));
  const ended: Reason[] =
    endedEarly?.by === 'generator'
      ? [{ verdict: 'invalid', code: 'ended-by-generator', why: endedEarly.why }]
      : [];
  if (trouble.length > 0) return [...trouble, ...ended];
  return [...ended, ...unwatched(seen), ...stalled(seen), ...generatorStrain(generator)];
}

/** A run that was killed lost its last looks, with what else was under way. */
function unwatched({ unwatched: gaps }: Observations): Reason[] {
  if (!gaps) return [];
  const { seconds, of, at } = gaps;
  const about = { code: 'generator-unwatched', seconds, of, at: at.slice(0, MAX_SECONDS_NAMED) } as const;
  if (seconds <= Math.max(MAX_UNWATCHED_SHARE * of, FEW_SECONDS)) return [{ verdict: 'warn', ...about }];
  return [{ verdict: 'invalid', ...about, limit: MAX_UNWATCHED_SHARE }];
}

/** A few seconds decide no p95, but they may well be all of its maximum. */
function stalled(seen: Observations): Reason[] {
  const { generator, stalls, disturbances, run } = seen;
  if (!stalls) return [];
  const stops = disturbances
    .filter(({ what }) => what === 'stood-still')
    .map(({ t }) => (t - Date.parse(run.start)) / 1000);
  const isReported = (second: number) => stops.some((at) => at >= second && at - second < REPORTED_WITHIN_S);
  if (stalls.seconds.every(isReported)) return [];
  const { stalled: seconds = 0, seconds: of } = generator;
  return [withStalls({ verdict: 'warn', code: 'generator-stalled', seconds, of }, seen)];
}

function withStalls(reason: Reason, { stalls }: Observations): Reason {
  if (reason.code !== 'generator-stalled' || !stalls) return reason;
  const { seconds, worstMs, requests, steps } = stalls;
  return { ...reason, at: seconds.slice(0, MAX_SECONDS_NAMED), worstMs, requests, steps };
}
