/** How often each step and each journey asked the API, and how many bytes it was answered, by the pass. */
import { printMetricKey } from '../../config/metric-key.ts';
import type { JourneySample, RequestSample, StepSample } from '../../measure/run/samples.ts';
import type { About, Collector, Draft } from './collector.ts';
import { addObservation, figuresOf, type Series, seriesIn } from './figures.ts';

interface Pass {
  name: string;
  /** When it ended, ms since the epoch. */
  end: number;
  /** Whether its figures count: it came to its end, outside of warm-up. */
  counts: boolean;
  drained: boolean;
  calls: number;
  /** undefined: the size of an answer is not known. */
  bytes?: number;
}

interface Call {
  /** When it was sent. */
  sent: number;
  bytes?: number;
}

export function collectCallsPerPass(): Collector {
  const steps = new Passes();
  const journeys = new Passes();
  return {
    samples: {
      step: (sample, about) => steps.pass(sample, about),
      journey: (sample, about) => journeys.pass(sample, about),
      request(sample) {
        const { session, step, journey, t, value } = sample;
        if (session === undefined) return;
        const call = { sent: t - value, bytes: bytesOf(sample) };
        if (step !== undefined) steps.call(session, step, call);
        if (journey !== undefined) journeys.call(session, journey, call);
      },
    },
    into({ metrics }) {
      put(metrics, 'step', steps.counted());
      put(metrics, 'journey', journeys.counted());
    },
  };
}

/** What had no answer had none of any size. */
function bytesOf({ status, bytes }: RequestSample): number | undefined {
  return status === 0 ? 0 : bytes;
}

/** Passes of one kind, by session and name. */
class Passes {
  readonly #all = new Map<string, { passes: Pass[]; calls: Call[] }>();

  pass(sample: StepSample | JourneySample, { drained }: About): void {
    const { session, name, t, ok, interrupted, warmup } = sample;
    if (session === undefined) return;
    const isWhole = ok && !interrupted && !('cutShort' in sample && sample.cutShort);
    const counts = isWhole && !warmup;
    this.#of(session, name).passes.push({ name, end: t, counts, drained, calls: 0, bytes: 0 });
  }

  call(session: string, name: string, call: Call): void {
    this.#of(session, name).calls.push(call);
  }

  /** A call belongs to the first pass that ended after its sending; to the last one where clocks differ by a moment. */
  counted(): Pass[] {
    for (const { passes, calls } of this.#all.values()) {
      passes.sort((one, other) => one.end - other.end);
      for (const { sent, bytes } of calls) {
        const pass = passes.find(({ end }) => end >= sent) ?? passes.at(-1);
        if (!pass) continue;
        pass.calls += 1;
        pass.bytes = pass.bytes === undefined || bytes === undefined ? undefined : pass.bytes + bytes;
      }
    }
    return [...this.#all.values()].flatMap(({ passes }) => passes.filter(({ counts }) => counts));
  }

  #of(session: string, name: string) {
    const key = `${session} ${name}`;
    const found = this.#all.get(key) ?? { passes: [], calls: [] };
    this.#all.set(key, found);
    return found;
  }
}

function put(metrics: Draft['metrics'], of: 'step' | 'journey', passes: readonly Pass[]): void {
  const calls = new Map<string, Series>();
  const bytes = new Map<string, Series>();
  for (const pass of passes) {
    const { name, drained } = pass;
    addObservation(seriesIn(calls, name), { value: pass.calls, ok: true, drained });
    if (pass.bytes !== undefined)
      addObservation(seriesIn(bytes, name), { value: pass.bytes, ok: true, drained });
  }
  const [callsKind, bytesKind] =
    of === 'step' ? (['stepCalls', 'stepBytes'] as const) : (['journeyCalls', 'journeyBytes'] as const);
  for (const [name, series] of calls)
    metrics[printMetricKey({ kind: callsKind, name })] = { ...figuresOf(series), unit: '1' };
  for (const [name, series] of bytes)
    metrics[printMetricKey({ kind: bytesKind, name })] = { ...figuresOf(series), unit: 'B' };
}
