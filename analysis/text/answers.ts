/** What a run was to find out, in sentences: the breaking point, the capacity, the recovery from a rush. */

import { parseFindingKey } from '../../config/run-figure.ts';
import type { LevelLimit, SearchEnded } from '../../measure/run/findings.ts';
import { figure, plural, quantity } from '../format.ts';
import { breakingLevel } from '../summary/levels.ts';
import type { Observations } from '../summary/observations.ts';
import type { Level } from '../summary/summary.ts';

/** Empty for a run that asked nothing of the kind. */
export function answersOf(
  seen: Pick<Observations, 'levels' | 'searches' | 'findings' | 'endedEarly'>,
): string[] {
  const { levels, searches, findings } = seen;
  return [
    ...steppedAnswer(levels),
    ...searches.map((search) => searchAnswer(search, levels)),
    ...recovered(findings),
  ];
}

function steppedAnswer(levels: readonly Level[]): string[] {
  const steps = levels.filter(({ search, ok }) => search === undefined && ok !== null);
  const last = steps.at(-1);
  if (!last) return [];
  const broken = breakingLevel({ levels: steps });
  const passed = steps.slice(0, broken ? steps.indexOf(broken) : undefined).at(-1);
  const beyond = levels.find(({ search, generator }) => search === undefined && generator);
  if (!broken && beyond)
    return [
      `All limits passed at ${plural(last.users, 'user')}. At ${plural(beyond.users, 'user')} (${beyond.name}) the load generator was saturated, so the target's breaking point is unknown.`,
    ];
  if (!broken) return [`All limits passed up to the maximum of ${plural(last.users, 'user')}.`];
  const before = passed ? `; ${plural(passed.users, 'user')} at ${figure(passed.rate)} a second passed` : '';
  return [
    `Breaking point: ${plural(broken.users, 'user')} (${broken.name}) at ${figure(broken.rate)} requests a second: ${failedLimits(broken.limits)}${before}.${firstText(broken)}`,
  ];
}

function searchAnswer(
  { scenario, holds, breaks, confidence, most, why }: SearchEnded,
  levels: readonly Level[],
): string {
  const cut = why === undefined ? '' : ` (${why})`;
  if (!holds && !breaks) return `${scenario}: nothing was found${cut}.`;
  const times = ({ agreed, tried }: { agreed: number; tried: number }) => `${agreed} of ${tried} times`;
  const sure = `confidence ${confidence}`;
  if (!holds && breaks)
    return `${scenario}: even ${plural(breaks.users, 'user')} failed a limit (${times(breaks)}; ${reasonAt(scenario, breaks.users, levels)}), ${sure}${cut}.`;
  if (holds && !breaks) {
    const atMost = holds.users >= most ? 'the most allowed' : 'the most tried';
    return `${scenario}: ${plural(holds.users, 'user')}, ${atMost}, passed all limits (${times(holds)}), ${sure}${cut}.`;
  }
  const [low, high] = [holds as NonNullable<typeof holds>, breaks as NonNullable<typeof breaks>];
  return `${scenario}: ${plural(low.users, 'user')} passed all limits (${times(low)}), ${high.users} did not (${times(high)}; ${reasonAt(scenario, high.users, levels)}), ${sure}${cut}.`;
}

/** What broke when that many were there; the latest time. */
function reasonAt(scenario: string, users: number, levels: readonly Level[]): string {
  const level = levels
    .filter((one) => one.search === scenario && one.users === users && one.ok === false)
    .at(-1);
  return level ? `${failedLimits(level.limits)}${firstText(level, '; ')}` : 'a limit failed';
}

/** What the target was doing when the first limit broke; '' where that is not known. */
export function firstText({ first }: Pick<Level, 'first'>, before = ' '): string {
  if (!first) return '';
  const running = first.running.map(
    ({ operation, count, ms }) =>
      `${count > 1 ? `${count} ` : ''}${operation} (${count > 1 ? 'up to ' : ''}${quantity(Math.round(ms), 'ms')})`,
  );
  const then =
    running.length > 0
      ? `, while ${running.join(', ')} ${running.length === 1 ? 'was' : 'were'} running`
      : '';
  return `${before}${first.metric} broke first, ${figure(first.after)} s into the level${then}${before === ' ' ? '.' : ''}`;
}

function failedLimits(limits: readonly LevelLimit[]): string {
  return limits
    .filter(({ verdict }) => verdict === 'failed')
    .map(
      ({ metric, observed, limit, unit }) =>
        `${metric} ${quantity(observed, unit)}, limit ${quantity(limit, unit)}`,
    )
    .join('; ');
}

function recovered(findings: Observations['findings']): string[] {
  return Object.entries(findings).flatMap(([key, { value, missing }]) => {
    const found = parseFindingKey(key);
    if (found?.kind !== 'recovery') return [];
    return [
      value === null
        ? `Recovery from ${found.phase}: ${missing}.`
        : `Recovered from ${found.phase} ${value === 0 ? 'at once' : `within ${figure(value / 1000)} s`}.`,
    ];
  });
}
