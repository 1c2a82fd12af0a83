/** What happened in each second of the run, warm-up and cold views included. */
import { HOST_FIGURES, type HostSecond } from '../../measure/run/machine.ts';
import type { GeneratorSample, TargetSample } from '../../measure/run/samples.ts';
import { ascending, percentile } from '../statistics/percentile.ts';
import type { PresenceDelta } from './sessions.ts';
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

/** @param start of the run, ms since the epoch */
export function collectTimeline(start: number) {
  const seconds = new Map<number, Second>();
  const at = (t: number): Second => {
    const s = Math.max(0, Math.floor((t - start) / 1000));
    const second = seconds.get(s) ?? { latencies: [], requests: 0, errors: 0, cpu: null, machine: {} };
    seconds.set(s, second);
    return second;
  };

  return {
    addRequest(t: number, value: number, ok: boolean, isError: boolean): void {
      const second = at(t);
      second.requests += 1;
      if (ok) second.latencies.push(value);
      if (isError) second.errors += 1;
    },
    addError(t: number): void {
      at(t).errors += 1;
    },
    addGenerator(sample: GeneratorSample): void {
      const second = at(sample.t);
      if (sample.cpu !== undefined) second.cpu = Math.max(second.cpu ?? 0, sample.cpu);
      for (const name of WORST_OF) raise(second.machine, name, sample[name]);
    },
    addTarget({ t, cpu, memoryMiB }: TargetSample): void {
      const { machine } = at(t);
      raise(machine, 'targetCpu', cpu);
      raise(machine, 'targetMemoryMiB', memoryMiB);
    },
    /** @param end of the run, ms since the epoch */
    rows(end: number, changes: readonly PresenceDelta[]): Summary['timeline'] {
      const length = Math.max(1, Math.ceil((end - start) / 1000));
      const users = usersPerSecond(changes, start, length);
      return Array.from({ length }, (_, s) => {
        const second = seconds.get(s);
        return {
          s,
          ...(users[s] ?? { users: 0, browserUsers: 0, apiUsers: 0 }),
          requests: second?.requests ?? 0,
          errors: second?.errors ?? 0,
          p95: second ? percentile(ascending(second.latencies), 0.95) : null,
          cpu: second?.cpu ?? null,
          ...second?.machine,
        };
      });
    },
  };
}

function raise(machine: HostSecond, name: keyof HostSecond, value: number | undefined): void {
  if (value !== undefined) machine[name] = Math.max(machine[name] ?? 0, value);
}

/** Highest number of users present within each second. */
function usersPerSecond(changes: readonly PresenceDelta[], start: number, length: number) {
  const now = { users: 0, browserUsers: 0, apiUsers: 0 };
  let next = 0;
  return Array.from({ length }, (_, s) => {
    const most = { ...now };
    for (let change = changes[next]; change && change.t < start + (s + 1) * 1000; change = changes[++next]) {
      now.users += change.by;
      now[change.via === 'browser' ? 'browserUsers' : 'apiUsers'] += change.by;
      most.users = Math.max(most.users, now.users);
      most.browserUsers = Math.max(most.browserUsers, now.browserUsers);
      most.apiUsers = Math.max(most.apiUsers, now.apiUsers);
    }
    return most;
  });
}
