/** Users who are there at the same time. */
import type { Via } from '../../measure/run/samples.ts';
import type { Session } from './session.ts';

/** A time at which the number of users changes. */
export interface PresenceDelta {
  t: number;
  via: Via;
  by: 1 | -1;
}

/**
 * Comings and goings in order of time; at the same moment goings first. A looping user thinks between its sessions.
 * @param runEnd ms since the epoch
 */
export function presenceOf(sessions: readonly Session[], runEnd: number): PresenceDelta[] {
  const next = nextInPlace(sessions);
  return sessions
    .flatMap((session): PresenceDelta[] => {
      const { started, ended = runEnd, via } = session;
      const there = next.get(session)?.started ?? ended;
      return [
        { t: started, via, by: 1 },
        { t: Math.max(started, there), via, by: -1 },
      ];
    })
    .sort((a, b) => a.t - b.t || a.by - b.by);
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
export function peaks(changes: readonly PresenceDelta[]): { all: number; browser: number; http: number } {
  const now = { all: 0, browser: 0, http: 0 };
  const peak = { ...now };
  for (const { via, by } of changes) {
    now.all += by;
    now[via] += by;
    peak.all = Math.max(peak.all, now.all);
    peak[via] = Math.max(peak[via], now[via]);
  }
  return peak;
}
