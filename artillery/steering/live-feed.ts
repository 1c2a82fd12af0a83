/** From what ends, in browsers and over HTTP, to live figures: counted as the summary counts it. */

import { type DefectBook, defectBook } from '../../analysis/known-defects.ts';
import { asCounted } from '../../analysis/summary/about.ts';
import { isAttempt } from '../../analysis/summary/attempt.ts';
import type { About } from '../../analysis/summary/collector.ts';
import { isServed } from '../../analysis/summary/request-counts.ts';
import type { LiveNotes } from '../../api/worker/live-notes.ts';
import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import { printMetricKey } from '../../config/metric-key.ts';
import type { RequestSample, Sample, StepSample } from '../../measure/run/samples.ts';
import type { SteeringContext } from '../channel.ts';
import { MAX_HOLDS } from './capacity-run.ts';
import { LiveFigures } from './live-figures.ts';

/** Levels are judged a moment after their end. */
const SLACK_MS = 10_000;

/** Nobody asks for anything older than the longest level, where levels have limits; ms. */
function keepFor({ phases, capacity, thresholds }: SteeringContext): number {
  const aborts = thresholds.map(({ abortAfter = 0 }) => abortAfter * 1000);
  const steps = phases.filter(({ users, usersAtEnd, steered }) => users && !usersAtEnd && !steered);
  const levels = [
    ...steps.map(({ duration }) => duration * 1000),
    ...(capacity?.searches.map(({ hold }) => hold * MAX_HOLDS) ?? []),
  ];
  const isHeld = thresholds.some(({ breaking }) => breaking);
  return Math.max(0, ...aborts, ...(isHeld ? levels : [])) + SLACK_MS;
}

/** What a run's live figures are fed by. */
export function liveFeed(context: SteeringContext): LiveFeed {
  const figures = new LiveFigures(
    context.thresholds.map(({ metric }) => metric),
    keepFor(context),
  );
  const run = { start: new Date().toISOString(), target: { rateLimits: context.rateLimits } };
  return new LiveFeed(figures, defectBook(loadKnownDefects(), run));
}

export class LiveFeed {
  readonly figures: LiveFigures;
  readonly #defects: Pick<DefectBook, 'match'>;

  constructor(figures: LiveFigures, defects: Pick<DefectBook, 'match'>) {
    this.figures = figures;
    this.#defects = defects;
  }

  /** A sample of a browser session, as it is written. */
  sample(recorded: Sample): void {
    if (recorded.warmup) return;
    const { sample, about } = asCounted(recorded, this.#defects);
    if (about.ofGenerator) this.figures.exhausted(sample);
    else if (sample.kind === 'request') this.#request(sample, about);
    else if (sample.kind === 'step' && isAttempt(sample)) this.#step(sample, about);
    else if (sample.kind === 'generator') this.figures.watched(sample);
    else if (sample.kind === 'check') this.figures.count('checks', sample.t, !sample.ok);
  }

  /** What the thread of HTTP sessions tells, a few times a second. */
  notes({ good, others, checks, underWay }: LiveNotes): void {
    this.figures.underWayOverHttp(underWay);
    for (const [name, { class: ofClass, t, ms }] of Object.entries(good))
      for (const [index, value] of ms.entries()) this.#good(name, ofClass, t[index] as number, value);
    for (const sample of others) this.sample(sample);
    for (const { t, ok } of checks) this.figures.count('checks', t, !ok);
  }

  session(t: number, ok: boolean): void {
    this.figures.count('sessions', t, !ok);
  }

  #good(name: string, ofClass: string, t: number, value: number): void {
    this.figures.add(printMetricKey({ kind: 'request', name }), t, { value, ok: true });
    this.figures.add(printMetricKey({ kind: 'class', name: ofClass }), t, { value, ok: true });
    for (const what of ['requests', 'rateLimited', 'down', 'downWithDefects'] as const)
      this.figures.count(what, t, false);
  }

  #request(sample: RequestSample, { excused, isError }: About): void {
    const { name, t, value, status, ok } = sample;
    if (isServed(sample)) {
      this.#good(name, sample.class, t, value);
      return;
    }
    if (!isAttempt(sample)) return;
    const outcome = { value, ok: false, excused, neutral: !excused && !isError };
    this.figures.add(printMetricKey({ kind: 'request', name }), t, outcome);
    this.figures.add(printMetricKey({ kind: 'class', name: sample.class }), t, outcome);
    this.figures.count('requests', t, isError);
    this.figures.count('rateLimited', t, !ok && status === TOO_MANY_REQUESTS);
    const isDown = status === 0 || status >= 500;
    this.figures.count('down', t, isError && isDown);
    this.figures.count('downWithDefects', t, (isError || excused) && isDown);
  }

  #step(sample: StepSample, { excused, isError }: About): void {
    const { name, t, value, ok, cold } = sample;
    this.figures.add(printMetricKey({ kind: 'step', name }), t, { value, ok, cold, excused });
    this.figures.count('steps', t, isError);
  }
}
