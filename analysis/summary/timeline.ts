/** What happened in each second of the run, warm-up and cold views included. */
import { HOST_FIGURES, type HostSecond } from '../../measure/run/machine.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import type { Collector } from './collector.ts';
import type { PresenceDelta } from './presence.ts';
import { isServed } from './request-counts.ts';
import type { Summary } from './summary.ts';

interface Second {
  latencies: number[];
  requests: number;
  errors: number;
  cpu: number | null;
  machine: HostSecond;
}

/** Of the machine itself, and of each of the run's threads and processes that watched it in the same second. */
const WORST_OF = [
  ...HOST_FIGURES,
  'loopDelay',
  'memoryMiB',
  'planned',
  'started',
  'late',
  'held',
  'heldMissing',
] as const;

/**
 * @param start of the run, ms since the epoch
 * @param presence comings and goings of users, in order of time
 */
export function collectTimeline(
  start: number,
  presence: (end: number) => readonly PresenceDelta[],
): Collector {
  const seconds = new Map<number, Second>();
  const starts: Array<{ t: number; late: number }> = [];
  const at = (t: number): Second => {
    const s = Math.max(0, Math.floor((t - start) / 1000));
    const second = seconds.get(s) ?? newSecond();
    seconds.set(s, second);
    return second;
  };

  return {
    samples: {
      request(sample, { isError }) {
        const second = at(sample.t);
        second.requests += 1;
        if (isServed(sample)) second.latencies.push(sample.value);
        if (isError) second.errors += 1;
      },
      step({ t }, { isError }) {
        if (isError) at(t).errors += 1;
      },
      session({ due, started }) {
        if (due !== undefined) starts.push({ t: started, late: Math.max(0, started - due) });
      },
      generator(sample) {
        const second = at(sample.t);
        if (sample.cpu !== undefined) second.cpu = Math.max(second.cpu ?? 0, sample.cpu);
        for (const name of WORST_OF) raise(second.machine, name, sample[name]);
      },
      target({ t, cpu, memoryMiB }) {
        const { machine } = at(t);
        raise(machine, 'targetCpu', cpu);
        raise(machine, 'targetMemoryMiB', memoryMiB);
      },
    },
    into(summary, { end }) {
      // The generator looks when a session is given to its user, a moment before it starts: `lateness` is of the starts.
      if ([...seconds.values()].some(({ machine }) => machine.late !== undefined))
        for (const { t, late } of starts) raise(at(t).machine, 'late', late);
      const length = Math.max(1, Math.ceil((end - start) / 1000));
      for (const [s, after] of seconds) if (s >= length) addTo(at(start + (length - 1) * 1000), after);
      const users = usersPerSecond(presence(end), start, length);
      summary.timeline = users.map((present, s) => rowOf(s, present, seconds.get(s)));
    },
  };
}

function newSecond(): Second {
  return { latencies: [], requests: 0, errors: 0, cpu: null, machine: {} };
}

/** What ended after the run did (its clock may have been set back): in the last second, so that no request is lost. */
function addTo(last: Second, { latencies, requests, errors }: Second): void {
  last.latencies.push(...latencies);
  last.requests += requests;
  last.errors += errors;
}

function rowOf(s: number, present: Present, second: Second | undefined): Summary['timeline'][number] {
  const latencies = ascending(second?.latencies ?? []);
  return {
    s,
    ...present,
    requests: second?.requests ?? 0,
    errors: second?.errors ?? 0,
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    cpu: second?.cpu ?? null,
    ...second?.machine,
  };
}

type Present = Pick<Summary['timeline'][number], 'users' | 'browserUsers' | 'httpUsers'>;

function raise(machine: HostSecond, name: keyof HostSecond, value: number | undefined): void {
  if (value !== undefined) machine[name] = Math.max(machine[name] ?? 0, value);
}

/** Highest number of users present within each second. */
function usersPerSecond(changes: readonly PresenceDelta[], start: number, length: number): Present[] {
  const now = { users: 0, browserUsers: 0, httpUsers: 0 };
  let next = 0;
  return Array.from({ length }, (_, s) => {
    const most = { ...now };
    for (let change = changes[next]; change && change.t < start + (s + 1) * 1000; change = changes[++next]) {
      now.users += change.by;
      now[change.via === 'browser' ? 'browserUsers' : 'httpUsers'] += change.by;
      most.users = Math.max(most.users, now.users);
      most.browserUsers = Math.max(most.browserUsers, now.browserUsers);
      most.httpUsers = Math.max(most.httpUsers, now.httpUsers);
    }
    return most;
  });
}
