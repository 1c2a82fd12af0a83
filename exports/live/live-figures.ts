/**
 * What a run that goes on has shown so far: counts since its start, and times of the last minute. Provisional: samples are counted
 * as the summary counts them, warm-up included, and no verdict is made of them.
 */
import { defectBook } from '../../analysis/known-defects.ts';
import { percentile } from '../../analysis/statistics/percentile.ts';
import { asCounted } from '../../analysis/summary/about.ts';
import { isAttempt } from '../../analysis/summary/attempt.ts';
import type { About } from '../../analysis/summary/collector.ts';
import { countRequests, isServed } from '../../analysis/summary/request-counts.ts';
import type { KnownDefect } from '../../config/known-defects.ts';
import type { RunJson } from '../../measure/run/run.ts';
import type { GeneratorSample, RequestSample, Sample, StepSample } from '../../measure/run/samples.ts';
import { type Row, row } from '../row.ts';
import { baseLabels } from '../run-rows.ts';
import { Values, WINDOW_MS } from './window.ts';

class Timed {
  n = 0;
  failed = 0;
  readonly times = new Values();

  fields(now: number) {
    const times = this.times.inWindow(now);
    return {
      n: this.n,
      failed: this.failed,
      window_n: times.length,
      p50: percentile(times, 0.5),
      p95: percentile(times, 0.95),
    };
  }
}

export class LiveFigures {
  readonly #start: number;
  readonly #labels: Readonly<Record<string, string>>;
  readonly #defects: ReturnType<typeof defectBook>;
  readonly #totals = { samples: 0, sessions: 0, sessions_failed: 0, steps: 0, steps_failed: 0 };
  readonly #counted = countRequests();
  readonly #requests = new Values();
  readonly #classes = new Map<string, Timed>();
  readonly #steps = new Map<string, Timed>();
  readonly #vitals = new Map<string, Values>();
  /** The latest of each process: a run of several profiles has one of each. */
  readonly #generators = new Map<string, GeneratorSample>();
  #target: { cpu: number; memoryMiB: number } | undefined;

  constructor(run: RunJson, defects: readonly KnownDefect[]) {
    this.#start = Date.parse(run.start);
    this.#labels = { ...baseLabels({ id: run.id, run }), provisional: 'true' };
    this.#defects = defectBook(defects, run);
  }

  add(recorded: Sample): void {
    this.#totals.samples += 1;
    const { sample, about, isCounted } = asCounted(recorded, this.#defects);
    if (!isCounted) return;
    if (sample.kind === 'request') this.#request(sample, about);
    else if (sample.kind === 'step') this.#step(sample, about);
    else if (sample.kind === 'vital') of(this.#vitals, sample.name, Values).add(sample.t, sample.value);
    else if (sample.kind === 'generator') this.#generators.set(sample.profile ?? '', sample);
    else if (sample.kind === 'target') this.#target = sample;
    else if (sample.kind === 'session' && isAttempt(sample)) {
      this.#totals.sessions += 1;
      if (!sample.ok) this.#totals.sessions_failed += 1;
    }
  }

  /** @param now ms since the epoch; of each row */
  rows(now: number): Row[] {
    const named = (measurement: string, label: string, all: Map<string, Timed>) =>
      [...all].flatMap(([name, timed]) =>
        row(measurement, { ...this.#labels, [label]: name }, timed.fields(now), now),
      );
    return [
      ...row('loadtest_live', this.#labels, this.#whole(now), now),
      ...named('loadtest_live_class', 'class', this.#classes),
      ...named('loadtest_live_step', 'name', this.#steps),
      ...[...this.#vitals].flatMap(([name, window]) => {
        const values = window.inWindow(now);
        const fields = { window_n: values.length, p75: percentile(values, 0.75) };
        return row('loadtest_live_vital', { ...this.#labels, name }, fields, now);
      }),
    ];
  }

  #whole(now: number) {
    const seconds = (now - this.#start) / 1000;
    const watched = Math.min(WINDOW_MS / 1000, seconds);
    const generators = [...this.#generators.values()];
    const sum = (figure: 'users' | 'browserUsers' | 'httpUsers' | 'cpu') =>
      generators.length === 0 ? undefined : generators.reduce((all, one) => all + (one[figure] ?? 0), 0);
    const { n, failed, excused, rateLimited } = this.#counted.counts;
    return {
      ...this.#totals,
      requests: n,
      requests_failed: failed,
      requests_excused: excused,
      requests_rate_limited: rateLimited,
      seconds,
      requests_per_second: watched > 0 ? this.#requests.inWindow(now).length / watched : undefined,
      users: sum('users'),
      browser_users: sum('browserUsers'),
      http_users: sum('httpUsers'),
      generator_cpu: sum('cpu'),
      generator_loop_delay: Math.max(...generators.map(({ loopDelay }) => loopDelay)),
      target_cpu: this.#target?.cpu,
      target_memory_mib: this.#target?.memoryMiB,
    };
  }

  #request(sample: RequestSample, about: About): void {
    this.#counted.add(sample, about);
    this.#requests.add(sample.t, sample.value);
    if (!isAttempt(sample)) return;
    const { isError } = about;
    count(of(this.#classes, sample.class, Timed), sample, { isError, isTimed: isServed(sample) });
  }

  #step(sample: StepSample, { isError }: About): void {
    if (!isAttempt(sample)) return;
    this.#totals.steps += 1;
    if (!sample.ok) this.#totals.steps_failed += 1;
    count(of(this.#steps, sample.name, Timed), sample, { isError, isTimed: sample.ok });
  }
}

function count(
  timed: Timed,
  { t, value }: { t: number; value: number },
  { isError, isTimed }: { isError: boolean; isTimed: boolean },
): void {
  timed.n += 1;
  if (isError) timed.failed += 1;
  if (isTimed) timed.times.add(t, value);
}

function of<T>(all: Map<string, T>, name: string, Made: new () => T): T {
  const found = all.get(name) ?? new Made();
  all.set(name, found);
  return found;
}
