/** What the thread of HTTP sessions tells of requests and checks while they go on, for the code that steers the load by them. */
import type { CheckSample, OperationClass, RequestSample, Sample } from '../../measure/run/samples.ts';
import { type GroupUnderWay, underWay } from '../../measure/run/under-way.ts';

export interface LiveNotes {
  /** Answered as they should, by operation: when each ended (ms since the epoch), and its time (ms). */
  good: Record<string, { class: OperationClass; t: number[]; ms: number[] }>;
  /** Failures and expected refusals. Whole, for a known defect is recognised by its details. */
  others: RequestSample[];
  checks: Array<Pick<CheckSample, 't' | 'ok'>>;
  /** All that have not ended. */
  underWay: GroupUnderWay[];
}

/** Gathers samples as they are written, for one message instead of many. */
export class NoteTaker {
  #notes = empty();

  take(sample: Sample): void {
    if (sample.warmup) return;
    if (sample.kind === 'check') this.#notes.checks.push({ t: sample.t, ok: sample.ok });
    else if (sample.kind !== 'request') return;
    else if (!sample.ok || sample.status >= 400) this.#notes.others.push(sample);
    else {
      const { good } = this.#notes;
      let here = good[sample.name];
      if (!here) {
        here = { class: sample.class, t: [], ms: [] };
        good[sample.name] = here;
      }
      here.t.push(sample.t);
      here.ms.push(sample.value);
    }
  }

  /** Since it was last asked. */
  handOver(): LiveNotes {
    const notes = this.#notes;
    this.#notes = empty();
    return { ...notes, underWay: underWay() };
  }
}

function empty(): Omit<LiveNotes, 'underWay'> {
  return { good: {}, others: [], checks: [] };
}
