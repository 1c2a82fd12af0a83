/** Levels of users, and what the run decided at the end of each. */
import type { LevelEnded, RunEndedEarly, SearchEnded } from '../../measure/run/findings.ts';
import type { EventSample } from '../../measure/run/samples.ts';
import type { RequestTimes } from './request-times.ts';
import type { Finding, Level } from './summary.ts';

export interface LevelsSeen {
  levels: Level[];
  searches: SearchEnded[];
  /** Absent: it went on to its end. */
  endedEarly?: RunEndedEarly;
}

/** @param start of the run, ms since the epoch */
export function collectLevels(start: number) {
  const ended: Array<{ name: string; data: LevelEnded }> = [];
  const searches: SearchEnded[] = [];
  let endedEarly: RunEndedEarly | undefined;

  return {
    add(event: EventSample<'level-ended' | 'search-ended' | 'run-ended-early'>): void {
      if (event.name === 'level-ended') ended.push({ name: event.phase ?? '', data: event.data });
      else if (event.name === 'search-ended') searches.push(event.data);
      else endedEarly ??= event.data;
    },
    seen(times: RequestTimes): LevelsSeen {
      const levels = ended
        .map(({ name, data }) => levelOf(name, data, start, times))
        .sort((a, b) => a.from - b.from);
      return { levels, searches, endedEarly };
    },
  };
}

function levelOf(name: string, data: LevelEnded, start: number, times: RequestTimes): Level {
  const { users, from, to, ok, limits, search, generator } = data;
  const seconds = (to - from) / 1000;
  const figures = times.figures(from, to);
  return {
    name,
    users: Object.values(users).reduce((sum, count) => sum + count, 0),
    byScenario: users,
    ...(search !== undefined && { search }),
    from: (from - start) / 1000,
    seconds,
    ...figures,
    rate: seconds > 0 ? figures.requests / seconds : 0,
    ok,
    limits,
    ...(generator && { generator }),
  };
}

/** The first step at which a limit broke. */
export function breakingLevel({ levels }: Pick<LevelsSeen, 'levels'>): Level | undefined {
  return levels.find(({ search, ok }) => search === undefined && ok === false);
}

/** Of a stepped run: the most users before a limit broke. Of each search: the most that keep them. */
export function capacityFindings({ levels, searches }: LevelsSeen): Array<[key: string, finding: Finding]> {
  const found: Array<[string, Finding]> = searches.map(({ scenario, holds, breaks, why }) => [
    `capacity.${scenario}`,
    {
      value: holds || breaks ? (holds?.users ?? 0) : null,
      unit: '1',
      n: (holds?.tried ?? 0) + (breaks?.tried ?? 0),
      ci: [holds?.users ?? null, breaks?.users ?? null],
      ...(!holds && !breaks && { missing: why ?? 'no level was tried to its end' }),
    },
  ]);
  const steps = levels.filter(({ search, ok }) => search === undefined && ok !== null);
  if (steps.length === 0) return found;
  const broken = breakingLevel({ levels });
  const held = steps.slice(0, broken ? steps.indexOf(broken) : undefined);
  const value = Math.max(0, ...held.map(({ users }) => users));
  return [
    ...found,
    ['capacity.users', { value, unit: '1', n: steps.length, ci: [value, broken?.users ?? null] }],
  ];
}
