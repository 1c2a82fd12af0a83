/**
 * Runs that an older suite recorded (schema 1), as this one would have recorded them. Facts stood in sentences then: this
 * file, and no other, knows those sentences.
 */
import type { ErrorFacts, ErrorKind } from '../../measure/run/error-kind.ts';
import type { BenchmarkEnd, EventCode } from '../../measure/run/events.ts';
import type { LimitOutcome, RunEndedEarly } from '../../measure/run/findings.ts';
import { type RunEnd, type RunJson, SCHEMA } from '../../measure/run/run.ts';
import type { RequestSample, Sample, Via } from '../../measure/run/samples.ts';
import { current, currentMetric, currentPhase, type Table } from './current-name.ts';
import { RENAMED } from './schema-1-names.ts';

type Fields = Record<string, unknown>;

const EVENTS: Readonly<Record<string, EventCode>> = {
  'page view': 'page-view',
  'browser entries': 'browser-entries',
  'known defect': 'known-defect',
  'session started': 'session-started',
  'phase started': 'phase-started',
  'sign-in paced': 'sign-in-paced',
  'change planned': 'change-planned',
  'change made': 'change-made',
  'change undone': 'change-undone',
  'change not undone': 'change-not-undone',
  'request interrupted': 'request-interrupted',
  'trace kept': 'trace-kept',
  interrupted: 'interrupted',
  'target died': 'target-died',
  'clock jumped': 'clock-jumped',
  'stood still': 'stood-still',
  suspended: 'suspended',
  'samples lost': 'samples-lost',
  'benchmark ended': 'benchmark-ended',
  'level ended': 'level-ended',
  'search ended': 'search-ended',
  'run ended early': 'run-ended-early',
};

/** Sessions over HTTP. */
const VIA = { api: 'http' };

const RUN_ENDS: Readonly<Record<string, RunEnd>> = {
  'target died': 'target-died',
  'recording failed': 'recording-failed',
  'stopped by a threshold': 'stopped-by-threshold',
  'profile lost': 'profile-lost',
};

const LIMIT_OUTCOME: Readonly<Record<string, LimitOutcome>> = {
  held: 'passed',
  broken: 'failed',
  'too few': 'inconclusive',
};

const ENDED_EARLY_BY: Readonly<Record<string, RunEndedEarly['by']>> = { 'breaking point': 'breaking-point' };

/** Why journeys were cut short: what the text begins with. */
const CUT_SHORT: ReadonlyArray<[start: string, code: string]> = [
  ['the target has no resident', 'no-resident'],
  ['the resident is planned', 'resident-planned'],
  ['the target has no rate limits', 'no-rate-limits'],
  ['no week to come', 'no-week-without-draft'],
  ['no test user has asked', 'no-swap-request'],
  ['no week ahead to swap', 'no-week-to-swap'],
  ['no week is left to offer', 'no-week-to-swap'],
  ['the form offers no week', 'no-week-to-swap'],
  ['the target refuses this swap', 'swap-refused'],
  ['the target answers an assignment of a call', 'call-not-assigned'],
  ['nothing is scheduled', 'nothing-to-export'],
  ['the account has no person', 'no-own-person'],
  ['only cp_sat may be asked for', 'algorithm-refused'],
  ['another run is in progress', 'generation-running'],
  ['the limit of generations', 'generation-limited'],
  ['another draft came over', 'draft-overlaps'],
  ['the target planned nothing', 'nothing-planned'],
];

/** Errors of pages, by name. */
const PAGE_ERRORS: Readonly<Record<string, ErrorKind>> = {
  'page crashed': 'page-crashed',
  'page error': 'page-error',
  'console error': 'console-error',
};

/** What the text of a benchmark's end begins with. */
const BENCHMARK_ENDS: ReadonlyArray<[RegExp, BenchmarkEnd]> = [
  [/^failed/, 'failed'],
  [/^stopped: the target limits/, 'rate-limited'],
  [/^stopped: known defect/, 'known-defect'],
  [/^not done/, 'not-done'],
  [/^interrupted/, 'interrupted'],
  [/^time/, 'time-over'],
  [/^interval/, 'narrow-interval'],
];

/** @param run of schema 1 */
export function runFromSchema1(run: RunJson): RunJson {
  const { ended, plan } = run;
  const renamed = (counts: Record<string, number>) =>
    Object.fromEntries(
      Object.entries(counts).map(([name, count]) => [current(RENAMED.scenarios, name), count]),
    );
  return {
    ...run,
    schema: SCHEMA,
    ...(ended !== undefined && { ended: RUN_ENDS[ended] ?? ended }),
    plan: {
      ...plan,
      mix: plan.mix.map((scenario) => ({
        ...scenario,
        name: current(RENAMED.scenarios, scenario.name),
        via: current(VIA, scenario.via) as Via,
      })),
      phases: plan.phases.map((phase) => ({
        ...phase,
        name: currentPhase(phase.name),
        arrivals: renamed(phase.arrivals),
        ...(phase.users && { users: renamed(phase.users) }),
        ...(phase.usersAtEnd && { usersAtEnd: renamed(phase.usersAtEnd) }),
      })),
    },
  };
}

/** Changes a line of schema 1 into a sample of this one; its fields have not been examined yet. */
export function sampleFromSchema1(sample: Sample): void {
  const fields = sample as unknown as Fields;
  rename(fields, 'via', VIA);
  rename(fields, 'journey', RENAMED.journeys);
  rename(fields, 'step', RENAMED.steps);
  rename(fields, 'failedStep', RENAMED.steps);
  if (typeof fields.phase === 'string') fields.phase = currentPhase(fields.phase);
  if (sample.kind === 'event') eventFromSchema1(fields);
  else if (sample.kind === 'journey') journeyFromSchema1(fields);
  else if (sample.kind === 'step') rename(fields, 'name', RENAMED.steps);
  else if (sample.kind === 'session') sessionFromSchema1(fields);
  else if (sample.kind === 'count') rename(fields, 'name', RENAMED.counters);
  else if (sample.kind === 'generator') generatorFromSchema1(fields);
  else if (sample.kind === 'check') rename(fields, 'name', RENAMED.checks);
  failureFromSchema1(sample);
}

function journeyFromSchema1(journey: Fields): void {
  rename(journey, 'name', RENAMED.journeys);
  const text = journey.cutShort;
  if (typeof text !== 'string') return;
  const code = CUT_SHORT.find(([start]) => text.startsWith(start))?.[1];
  journey.cutShort = {
    code: code ?? (/^no \d+ weeks to come/.test(text) ? 'no-week-without-draft' : 'other'),
    text,
  };
}

function generatorFromSchema1(generator: Fields): void {
  if (generator.apiUsers === undefined) return;
  generator.httpUsers = generator.apiUsers;
  delete generator.apiUsers;
}

/** The kind of a failure was read from its text. */
function failureFromSchema1(sample: Sample): void {
  const fields = sample as unknown as Fields;
  const error = typeof fields.error === 'string' ? fields.error : '';
  switch (sample.kind) {
    case 'request':
      if (!sample.ok) sample.errorKind = requestErrorKind(sample, error);
      return;
    case 'check':
      if (!sample.ok) sample.errorKind = String(sample.name).endsWith(' schema') ? 'shape' : 'check';
      return;
    case 'error':
      Object.assign(sample, failureOf(error));
      sample.errorKind = PAGE_ERRORS[sample.name] ?? sample.errorKind;
      return;
    case 'step':
      if (!sample.ok && !sample.interrupted) Object.assign(sample, failureOf(error));
      return;
    case 'session':
      if (!sample.ok && !sample.interrupted)
        Object.assign(sample, failureOf(error), sample.via !== 'http' && failedStepOf(error));
  }
}

/** A failed step's name came first. */
function failedStepOf(error: string): { failedStep?: string } {
  const step = /^(.+?): /.exec(error)?.[1];
  return step === undefined ? {} : { failedStep: current(RENAMED.steps, step) };
}

function requestErrorKind({ status, via }: RequestSample, error: string): ErrorKind {
  if (status !== 0) return 'http-status';
  if (via === 'browser' && error === 'net::ERR_ABORTED') return 'aborted';
  return failureOf(`no answer: ${error}`).errorKind;
}

function failureOf(error: string): ErrorFacts {
  const status = /\b(?:answered|status) ([1-5]\d\d)\b/.exec(error)?.[1];
  if (status !== undefined) return { errorKind: 'http-status', status: Number(status) };
  if (/timeout|timed out/i.test(error)) return { errorKind: 'timeout' };
  if (/no answer|ECONN|socket|net::ERR/i.test(error)) return { errorKind: 'no-answer' };
  if (/has been closed|crashed|Target closed/i.test(error)) return { errorKind: 'page-closed' };
  return { errorKind: 'other' };
}

/** Its error is that of the step that ended it, which it begins with: `<step>: <error>`. */
function sessionFromSchema1(session: Fields): void {
  rename(session, 'name', RENAMED.scenarios);
  const [, step, error] = /^(.+?)(: .*)$/s.exec(String(session.error ?? '')) ?? [];
  if (step !== undefined) session.error = `${current(RENAMED.steps, step)}${error}`;
}

function eventFromSchema1(event: Fields): void {
  if (typeof event.name !== 'string') return;
  event.name = current(EVENTS, event.name);
  if (typeof event.data !== 'object' || event.data === null) return;
  const data = event.data as Fields;
  rename(data, 'defect', RENAMED.defects);
  rename(data, 'step', RENAMED.steps);
  rename(data, 'benchmark', RENAMED.journeys);
  rename(data, 'scenario', RENAMED.scenarios);
  rename(data, 'search', RENAMED.scenarios);
  rename(data, 'by', ENDED_EARLY_BY);
  if (event.name === 'benchmark-ended') data.reason = benchmarkEnd(String(data.why));
  if (event.name === 'level-ended') levelFromSchema1(data);
}

function levelFromSchema1(level: Fields): void {
  if (typeof level.users === 'object' && level.users !== null)
    level.users = Object.fromEntries(
      Object.entries(level.users).map(([name, count]) => [current(RENAMED.scenarios, name), count]),
    );
  if (!Array.isArray(level.limits)) return;
  for (const limit of level.limits) {
    if (typeof limit !== 'object' || limit === null) continue;
    rename(limit, 'verdict', LIMIT_OUTCOME);
    limit.metric = currentMetric(String(limit.metric));
  }
}

function benchmarkEnd(why: string): BenchmarkEnd {
  return BENCHMARK_ENDS.find(([pattern]) => pattern.test(why))?.[1] ?? 'enough-rounds';
}

function rename(fields: Fields, field: string, table: Table): void {
  const name = fields[field];
  if (typeof name === 'string') fields[field] = current(table, name);
}
