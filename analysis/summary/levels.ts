/** Levels of users, and what the run decided at the end of each. */
import { printFindingKey } from '../../config/run-figure.ts';
import type { LevelEnded, RunEndedEarly, SearchEnded } from '../../measure/run/findings.ts';
import type { Collector } from './collector.ts';
import type { Calls } from './first-broken.ts';
import type { RequestTimes } from './request-times.ts';
import type { Finding, Level } from './summary.ts';

interface LevelsSeen {
  levels: Level[];
  searches: SearchEnded[];
}

/** @param start of the run, ms since the epoch */
export function collectLevels(
  start: number,
  times: Pick<RequestTimes, 'figures'>,
  calls: Pick<Calls, 'firstBroken'>,
): Collector {
  const ended: Array<{ name: string; data: LevelEnded }> = [];
  const searches: SearchEnded[] = [];
  let endedEarly: RunEndedEarly | undefined;

  return {
    events: {
      'level-ended': ({ phase, data }) => {
        ended.push({ name: phase ?? '', data });
      },
      'search-ended': ({ data }) => {
        searches.push(data);
      },
      'run-ended-early': ({ data }) => {
        endedEarly ??= data;
      },
    },
    into(summary) {
      const levels = ended
        .map(({ name, data }) => ({ ...levelOf(name, data, start, times), ...firstOf(data, calls) }))
        .sort((a, b) => a.from - b.from);
      summary.levels = levels;
      summary.searches = searches;
      summary.endedEarly = endedEarly;
      Object.assign(summary.findings, capacityFindings({ levels, searches }));
    },
  };
}

function levelOf(name: string, data: LevelEnded, start: number, times: Pick<RequestTimes, 'figures'>): Level {
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

function firstOf(data: LevelEnded, calls: Pick<Calls, 'firstBroken'>): Pick<Level, 'first'> {
  const first = data.ok === false ? calls.firstBroken(data) : undefined;
  return first ? { first } : {};
}

/** The first step at which a limit broke. */
export function breakingLevel({ levels }: Pick<LevelsSeen, 'levels'>): Level | undefined {
  return levels.find(({ search, ok }) => search === undefined && ok === false);
}

/** Of a stepped run: the most users before a limit broke. Of each search: the most that keep them. */
function capacityFindings({ levels, searches }: LevelsSeen): Record<string, Finding> {
  const found: Record<string, Finding> = {};
  for (const { scenario, holds, breaks, why } of searches)
    found[printFindingKey({ kind: 'capacity', of: scenario })] = {
      value: holds || breaks ? (holds?.users ?? 0) : null,
      unit: '1',
      n: (holds?.tried ?? 0) + (breaks?.tried ?? 0),
      ci: [holds?.users ?? null, breaks?.users ?? null],
      ...(!holds && !breaks && { missing: why ?? 'no level was tried to its end' }),
    };
  const steps = levels.filter(({ search, ok }) => search === undefined && ok !== null);
  if (steps.length === 0) return found;
  const broken = breakingLevel({ levels });
  const held = steps.slice(0, broken ? steps.indexOf(broken) : undefined);
  const value = Math.max(0, ...held.map(({ users }) => users));
  found[printFindingKey({ kind: 'capacity', of: 'users' })] = {
    value,
    unit: '1',
    n: steps.length,
    ci: [value, broken?.users ?? null],
  };
  return found;
}
