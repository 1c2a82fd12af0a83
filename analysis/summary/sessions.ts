/** Simulated users: how many came, when, how they ended, and how many were there at once. */

import type { RunJson } from '../../measure/run/run.ts';
import type { EventSample, JourneySample, SessionSample, Via } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import { addObservation, figuresOf, newSeries, type Series, seriesIn } from './series.ts';
import type { Figures, Summary } from './summary.ts';

interface Session {
  started: number;
  /** Absent: still under way when the run ended. */
  ended?: number;
  interrupted?: boolean;
  via: Via;
  scenario: string;
  phase: string;
  /** Of a held user, who is there from one session to the next. */
  place?: number;
}

/** A time at which the number of users changes. */
export interface PresenceDelta {
  t: number;
  via: Via;
  by: 1 | -1;
}

export function collectSessions() {
  const sessions = new Map<string, Session>();
  const counts = { ok: 0, failed: 0 };
  /** Without warm-up: what gates see. */
  const gated = { n: 0, failed: 0 };
  const series = newSeries();
  const lateness: number[] = [];

  return {
    addStart(event: EventSample<'session-started'>): void {
      if (event.session === undefined) return;
      sessions.set(event.session, {
        ...sessions.get(event.session),
        started: event.t,
        via: event.via ?? 'browser',
        scenario: event.data.scenario,
        phase: event.phase ?? '',
        place: event.data.place,
      });
    },

    add(sample: SessionSample): void {
      const id = sample.session ?? `unnamed ${sessions.size}`;
      const start = sessions.get(id);
      sessions.set(id, {
        started: sample.started,
        via: sample.via ?? start?.via ?? 'browser',
        scenario: sample.name,
        phase: start?.phase ?? sample.phase ?? '',
        ended: sample.t,
        interrupted: sample.interrupted,
        place: start?.place,
      });
      if (sample.due !== undefined) lateness.push(Math.max(0, sample.started - sample.due));
      if (sample.interrupted) return;
      counts[sample.ok ? 'ok' : 'failed'] += 1;
      if (sample.warmup) return;
      gated.n += 1;
      if (!sample.ok) gated.failed += 1;
      addObservation(series, { value: sample.value, ok: sample.ok });
    },

    counts: () => ({
      started: sessions.size,
      ...counts,
      interrupted: sessions.size - counts.ok - counts.failed,
    }),
    /** It was interrupted, or had not ended when the run did. */
    wasCut: (id: string): boolean => {
      const session = sessions.get(id);
      return session !== undefined && (session.ended === undefined || session.interrupted === true);
    },
    gated: () => gated,
    figures: (): Figures => figuresOf(series),

    lateness(): Summary['lateness'] {
      const sorted = ascending(lateness);
      return { p95: percentile(sorted, 0.95), max: sorted[sorted.length - 1] ?? null };
    },

    /** Comings and goings in order of time; at the same moment goings first. A held user thinks between its sessions. */
    changes(runEnd: number): PresenceDelta[] {
      const all = [...sessions.values()];
      const next = nextInPlace(all);
      return all
        .flatMap((session): PresenceDelta[] => {
          const { started, ended = runEnd, via } = session;
          const there = next.get(session)?.started ?? ended;
          return [
            { t: started, via, by: 1 },
            { t: Math.max(started, there), via, by: -1 },
          ];
        })
        .sort((a, b) => a.t - b.t || a.by - b.by);
    },

    arrivals(plan: RunJson['plan']): Summary['arrivals'] {
      if (plan.phases.length === 0) return [];
      const rows = new Map<string, Summary['arrivals'][number]>();
      for (const { name, arrivals, users, usersAtEnd } of plan.phases) {
        // Two phases of one name, such as the quiet ones around a spike, are one row.
        const rowOf = (scenario: string) => {
          const key = `${name}\n${scenario}`;
          const row = rows.get(key) ?? { phase: name, scenario, planned: 0, started: 0 };
          rows.set(key, row);
          return row;
        };
        for (const [scenario, planned] of Object.entries(arrivals)) rowOf(scenario).planned += planned;
        for (const scenario of Object.keys({ ...users, ...usersAtEnd })) {
          const row = rowOf(scenario);
          row.held = Math.max(row.held ?? 0, users?.[scenario] ?? 0, usersAtEnd?.[scenario] ?? 0);
        }
      }
      for (const { phase, scenario } of sessions.values()) {
        const key = `${phase}\n${scenario}`;
        const row = rows.get(key) ?? { phase, scenario, planned: 0, started: 0 };
        row.started += 1;
        rows.set(key, row);
      }
      return [...rows.values()];
    },
  };
}

/** The session that follows in the same place; after one that could not begin its user was not there. */
function nextInPlace(sessions: readonly Session[]): Map<Session, Session> {
  const next = new Map<Session, Session>();
  const latest = new Map<string, Session>();
  for (const session of [...sessions].sort((a, b) => a.started - b.started)) {
    if (session.place === undefined) continue;
    // Places are counted by each process of a run of several profiles; no scenario is in two.
    const place = `${session.place} ${session.scenario}`;
    const before = latest.get(place);
    if (before?.ended !== undefined && before.ended > before.started) next.set(before, session);
    latest.set(place, session);
  }
  return next;
}

/** Highest number of users present at the same time, in all and by where they run. */
export function peaks(changes: readonly PresenceDelta[]): { all: number; browser: number; api: number } {
  const now = { all: 0, browser: 0, api: 0 };
  const peak = { ...now };
  for (const { via, by } of changes) {
    now.all += by;
    now[via] += by;
    peak.all = Math.max(peak.all, now.all);
    peak[via] = Math.max(peak[via], now[via]);
  }
  return peak;
}

export function collectJourneys() {
  const journeys = new Map<string, Series>();
  const counts = { started: 0, ok: 0, failed: 0, interrupted: 0, cutShort: 0 };
  const gated = { n: 0, failed: 0 };
  const passes = new Map<string, number>();
  const short = new Map<string, { journey: string; why: string; count: number }>();
  const addShort = (journey: string, why: string) => {
    counts.cutShort += 1;
    const row = short.get(`${journey}\n${why}`) ?? { journey, why, count: 0 };
    short.set(`${journey}\n${why}`, { ...row, count: row.count + 1 });
  };

  return {
    add(sample: JourneySample): void {
      counts.started += 1;
      passes.set(sample.name, (passes.get(sample.name) ?? 0) + 1);
      if (sample.interrupted) {
        counts.interrupted += 1;
        return;
      }
      counts[sample.ok ? 'ok' : 'failed'] += 1;
      if (sample.cutShort !== undefined) addShort(sample.name, sample.cutShort);
      if (sample.warmup) return;
      gated.n += 1;
      if (!sample.ok) gated.failed += 1;
      if (sample.cutShort === undefined)
        addObservation(seriesIn(journeys, sample.name), { value: sample.value, ok: sample.ok });
    },
    counts: () => counts,
    gated: () => gated,
    cutShort: (): Summary['cutShort'] =>
      [...short.values()]
        .map((row) => ({ ...row, of: passes.get(row.journey) ?? row.count }))
        .sort((a, b) => b.count - a.count || a.journey.localeCompare(b.journey)),
    figures: (): Array<[string, Figures]> => [...journeys].map(([name, series]) => [name, figuresOf(series)]),
  };
}
