/** One pass over the samples of a run: everything in a summary that needs no limits to be known. */
import type { RunJson } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import type { DefectBook } from '../known-defects.ts';
import { BoundedNames } from '../read/bounded-names.ts';
import type { ReadTally } from '../read/read-samples.ts';
import { asCounted } from './about.ts';
import { type Draft, dispatcher } from './collector.ts';
import { collectors } from './collectors.ts';
import { collectExhausted } from './exhausted.ts';
import type { Observations } from './observations.ts';
import { collectProcesses } from './processes.ts';
import { collectReading } from './reading.ts';
import { collectSpan } from './span.ts';
import { collectUnwatched } from './unwatched.ts';

const UNEVENTFUL = { excused: false, isError: false, drained: false };

export async function observe(
  run: RunJson,
  samples: AsyncIterable<Sample>,
  defects: DefectBook,
  /** Read after the last sample: how many lines were read. */
  tally: ReadTally,
): Promise<Observations> {
  const span = collectSpan(run);
  const reading = collectReading(run, span.start, tally);
  const processes = collectProcesses(span.start);
  const all = collectors(run, defects);
  const exhausted = collectExhausted();
  const unwatched = collectUnwatched();
  const names = new BoundedNames();
  const collect = dispatcher([span, ...all, unwatched]);

  for await (const recorded of samples) {
    const { sample: counted, about, isCounted } = asCounted(recorded, defects, span.isDrained);
    const sample = names.sample(counted);
    reading.add(sample, about);
    if (sample.kind === 'generator') unwatched.look(sample);
    if (sample.kind === 'generator' && sample.profile !== undefined) processes.add(sample);
    else if (isCounted) collect(sample, about);
    else exhausted.add(sample);
  }
  for (const second of processes.seconds()) collect(second, UNEVENTFUL);

  const whole = span.upTo(reading.last());
  const summary = draftOf(run, whole);
  for (const collector of [reading, ...all, exhausted, unwatched]) collector.into?.(summary, whole);
  return summary as Observations;
}

function draftOf(run: RunJson, { start, end }: { start: number; end: number }): Draft {
  const { schema, id, verdict: _verdict, reasons: _reasons, ...facts } = run;
  return {
    schema,
    id,
    goingOn: false,
    run: {
      ...facts,
      end: run.end ?? new Date(end).toISOString(),
      target: withoutCredentials(run.target),
      host: { ...facts.host },
    },
    durationSeconds: (end - start) / 1000,
    counts: {},
    shares: {},
    metrics: {},
    findings: {},
  };
}

function withoutCredentials(target: RunJson['target']): RunJson['target'] {
  const strip = (url: string) => url.replace(/\/\/[^/@]*@/, '//');
  return { ...target, url: strip(target.url), apiUrl: strip(target.apiUrl ?? target.url) };
}
