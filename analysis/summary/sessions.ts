/** Simulated users: how many came, when, and how they ended. */

import { printMetricKey } from '../../config/metric-key.ts';
import type { EventSample, SessionSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import type { Draft, Span } from './collector.ts';
import { addObservation, figuresOf, newSeries } from './figures.ts';
import { type PresenceDelta, peaks, presenceOf } from './presence.ts';
import type { Session } from './session.ts';
import { failedShare } from './share.ts';

export function collectSessions() {
  const sessions = new Map<string, Session>();
  const counts = { ok: 0, failed: 0 };
  const outsideWarmup = { n: 0, failed: 0 };
  const series = newSeries();
  const lateness: number[] = [];
  const presence = (end: number): PresenceDelta[] => presenceOf([...sessions.values()], end);

  const addStart = (event: EventSample<'session-started'>): void => {
    if (event.session === undefined) return;
    sessions.set(event.session, { ...sessions.get(event.session), ...startOf(event) });
  };
  const add = (sample: SessionSample): void => {
    const id = sample.session ?? `unnamed ${sessions.size}`;
    sessions.set(id, endedSession(sample, sessions.get(id)));
    if (sample.due !== undefined) lateness.push(Math.max(0, sample.started - sample.due));
    if (sample.interrupted) return;
    counts[sample.ok ? 'ok' : 'failed'] += 1;
    if (sample.warmup) return;
    outsideWarmup.n += 1;
    if (!sample.ok) outsideWarmup.failed += 1;
    addObservation(series, { value: sample.value, ok: sample.ok });
  };

  return {
    samples: { session: add },
    events: { 'session-started': addStart },
    presence,
    all: (): Iterable<Session> => sessions.values(),
    scenarioOf: (id: string): string | undefined => sessions.get(id)?.scenario,
    /** It was interrupted, or had not ended when the run did. */
    wasCut: (id: string): boolean => {
      const session = sessions.get(id);
      return session !== undefined && (session.ended === undefined || session.interrupted === true);
    },
    into(summary: Draft, { end }: Span): void {
      const interrupted = sessions.size - counts.ok - counts.failed;
      const { all, browser, http } = peaks(presence(end));
      summary.counts.sessions = { started: sessions.size, ...counts, interrupted };
      Object.assign(summary.counts, { peakUsers: all, peakBrowserUsers: browser, peakHttpUsers: http });
      summary.shares['sessions.failed'] = failedShare(outsideWarmup);
      summary.metrics[printMetricKey({ kind: 'session' })] = { ...figuresOf(series), unit: 'ms' };
      const late = ascending(lateness);
      summary.lateness = { p95: percentile(late, 0.95), max: late.at(-1) ?? null };
    },
  };
}

function startOf({ t, via = 'browser', phase = '', data }: EventSample<'session-started'>): Session {
  const { scenario, place } = data;
  return { started: t, via, scenario, phase, place };
}

function endedSession(sample: SessionSample, start: Session | undefined): Session {
  return {
    started: sample.started,
    via: sample.via ?? start?.via ?? 'browser',
    scenario: sample.name,
    phase: start?.phase ?? sample.phase ?? '',
    ended: sample.t,
    interrupted: sample.interrupted,
    couldNotBegin: sample.errorKind === 'no-account' || undefined,
    place: start?.place,
  };
}
