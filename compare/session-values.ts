/** What each session of a run met: the unit of tests within one run, as values of one session hang together. */
import { defectBook } from '../analysis/known-defects.ts';
import { BoundedNames } from '../analysis/read/bounded-names.ts';
import { newTally, readSamples } from '../analysis/read/read-samples.ts';
import { ascending, percentile } from '../analysis/statistics/percentile.ts';
import type { Tries } from '../analysis/statistics/permuted-shares.ts';
import { asCounted } from '../analysis/summary/about.ts';
import { isAttempt } from '../analysis/summary/attempt.ts';
import { type About, dispatcher } from '../analysis/summary/collector.ts';
import { isServed } from '../analysis/summary/request-counts.ts';
import { collectSpan } from '../analysis/summary/span.ts';
import { loadKnownDefects } from '../config/known-defects.ts';
import { type MetricKey, printMetricKey } from '../config/metric-key.ts';
import type { RunJson } from '../measure/run/run.ts';
import type { Sample } from '../measure/run/samples.ts';

export interface SessionValues {
  /** By key of `summary.metrics`: of each session the median of its values, in the metric's unit. */
  medians: Map<string, number[]>;
  /** By key of `summary.metrics` or `requests`, `steps`, `checks`: of each session. */
  tries: Map<string, Tries[]>;
}

/** Of one session. */
interface Session {
  values: Map<string, number[]>;
  /** By view: a value that is reported again replaces the earlier one. */
  vitals: Map<string, { keys: string[]; value: number; t: number }>;
  tries: Map<string, Tries>;
}

/** Without warm-up, and as in figures without what was begun after the last phase. */
export async function sessionValues(runDir: string, run: RunJson): Promise<SessionValues> {
  const sessions = new Map<string, Session>();
  const defects = defectBook(loadKnownDefects(), run);
  const span = collectSpan(run);
  const follow = dispatcher([span]);
  const names = new BoundedNames();
  for await (const recorded of readSamples(runDir, newTally(), run)) {
    const { sample: counted, about } = asCounted(recorded, defects, span.isDrained);
    const sample = names.sample(counted);
    follow(sample, about);
    if (sample.session === undefined || sample.warmup || about.drained || about.ofGenerator) continue;
    let session = sessions.get(sample.session);
    if (!session) {
      session = { values: new Map(), vitals: new Map(), tries: new Map() };
      sessions.set(sample.session, session);
    }
    add(session, sample, about);
  }
  return gathered(sessions.values());
}

function add(session: Session, sample: Sample, { isError }: About): void {
  if (sample.kind === 'vital') {
    const { name, page, cold, value, t, view } = sample;
    const variant = cold ? ('cold' as const) : undefined;
    const keys = [keyOf({ kind: 'vital', name, variant }), keyOf({ kind: 'vital', name, page, variant })];
    const id = `${view} ${name}`;
    if (t >= (session.vitals.get(id)?.t ?? t)) session.vitals.set(id, { keys, value, t });
    return;
  }
  if (!isAttempt(sample)) return;
  if (sample.kind === 'check') {
    addTry(session, 'checks', isError);
  } else if (sample.kind === 'step') {
    const { name, cold, value, ok } = sample;
    const key = keyOf({ kind: 'step', name });
    for (const one of ['steps', key]) addTry(session, one, isError);
    if (ok) push(session.values, cold ? keyOf({ kind: 'step', name, variant: 'cold' }) : key, value);
  } else if (sample.kind === 'request') {
    const keys = [
      keyOf({ kind: 'request', name: sample.name }),
      keyOf({ kind: 'class', name: sample.class }),
    ];
    for (const one of ['requests', ...keys]) addTry(session, one, isError);
    if (isServed(sample)) for (const key of keys) push(session.values, key, sample.value);
  } else if (sample.kind === 'journey' && sample.ok) {
    push(session.values, keyOf({ kind: 'journey', name: sample.name }), sample.value);
  } else if (sample.kind === 'session' && sample.ok) {
    push(session.values, keyOf({ kind: 'session' }), sample.value);
  }
}

const keyOf = (key: MetricKey) => printMetricKey(key);

function push<T>(all: Map<string, T[]>, key: string, one: T): void {
  const list = all.get(key);
  if (list) list.push(one);
  else all.set(key, [one]);
}

function addTry({ tries }: Session, key: string, isError: boolean): void {
  const { failed, n } = tries.get(key) ?? { failed: 0, n: 0 };
  tries.set(key, { failed: failed + (isError ? 1 : 0), n: n + 1 });
}

function gathered(sessions: Iterable<Session>): SessionValues {
  const medians: SessionValues['medians'] = new Map();
  const tries: SessionValues['tries'] = new Map();
  for (const session of sessions) {
    for (const { keys, value } of session.vitals.values())
      for (const key of new Set(keys)) push(session.values, key, value);
    for (const [key, values] of session.values) {
      const median = percentile(ascending(values), 0.5);
      if (median !== null) push(medians, key, median);
    }
    for (const [key, one] of session.tries) push(tries, key, one);
  }
  return { medians, tries };
}
