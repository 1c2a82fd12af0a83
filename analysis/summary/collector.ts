/** What makes figures of samples: one collector for each idea, listed in collectors.ts. */
import type { EventCode } from '../../measure/run/events.ts';
import type { EventSample, Sample, SampleKind } from '../../measure/run/samples.ts';
import type { Observations } from './observations.ts';

/** What is known of a sample before it is collected. */
export interface About {
  /** A failure that `config/known-defects.yml` excuses. */
  excused: boolean;
  /** The defect of that list that it is, excused or not. */
  defect?: string;
  /** A failure that counts: not excused, not interrupted, no 429, no request that its own page cancelled. */
  isError: boolean;
  /** Begun after the last phase. */
  drained: boolean;
  /** A failure of the generator, which had no file descriptor, port or memory left: nothing of the target. */
  ofGenerator?: true;
}

type SampleOf<K extends SampleKind> = Extract<Sample, { kind: K }>;

/** Parts of the summary to which several collectors add. */
type Shared = 'counts' | 'shares' | 'metrics' | 'findings' | 'run';

/** The summary while collectors put their figures into it. */
export type Draft = Partial<Omit<Observations, Shared>> &
  Omit<Pick<Observations, Shared>, 'counts'> & { counts: Partial<Observations['counts']> };

export interface Collector {
  /** The samples it takes, by kind. */
  samples?: {
    readonly [K in Exclude<SampleKind, 'event'>]?: (sample: SampleOf<K>, about: About) => void;
  };
  /** The events it takes, by code. */
  events?: { readonly [C in EventCode]?: (event: EventSample<C>, about: About) => void };
  /** Puts its figures into the summary, after the last sample. Collectors are asked in the order of their list. */
  into?(summary: Draft, span: Span): void;
}

type Take = (sample: never, about: About) => void;

/** Gives each sample to those of the collectors that take its kind. */
export function dispatcher(collectors: readonly Collector[]): (sample: Sample, about: About) => void {
  const bySample = takers(collectors.map(({ samples }) => samples));
  const byEvent = takers(collectors.map(({ events }) => events));
  return (sample, about) => {
    const takes = sample.kind === 'event' ? byEvent.get(sample.name) : bySample.get(sample.kind);
    if (takes) for (const take of takes) take(sample as never, about);
  };
}

function takers(all: ReadonlyArray<object | undefined>): Map<string, Take[]> {
  const takes = new Map<string, Take[]>();
  for (const [name, take] of all.flatMap((one) => Object.entries(one ?? {}) as Array<[string, Take]>))
    takes.set(name, [...(takes.get(name) ?? []), take]);
  return takes;
}

/** Times in ms since the epoch. */
export interface Span {
  start: number;
  end: number;
  phasesStarted: ReadonlyArray<{ phase: string; t: number }>;
  /** Begin of the first phase that is no warm-up. */
  measuredFrom: number;
  /** Absent: no drain is known. */
  drainFrom?: number;
  /** For how long there was load outside of warm-up and drain, s; at least one, so that no rate is infinite. */
  measuredSeconds: number;
}
