/** Failures compared with the dated list of `config/known-defects.yml`. */
import type { KnownDefect } from '../config/known-defects.ts';
import type { ErrorKind } from '../measure/run/error-kind.ts';
import type { RunJson } from '../measure/run/run.ts';
import type { ErrorSample, EventSample, RequestSample, StepSample } from '../measure/run/samples.ts';
import { clopperPearson } from './statistics/clopper-pearson.ts';
import type { Summary } from './summary/summary.ts';

type Failure = RequestSample | StepSample | ErrorSample;

export interface DefectBook {
  /** Counts a failed request or step, or an error of a page, under its defect. undefined: it is none of the list. */
  match(sample: Failure): { name: string; excused: boolean } | undefined;
  /** Counts a good answer, for the share of those that have a defect. */
  good(sample: RequestSample): void;
  /** Counts a defect that no answer or step shows. */
  note(event: EventSample<'known-defect'>): void;
  /** Counts what was found of a defect's effect. */
  noteEffect(event: EventSample<'defect-effect'>): void;
  /** All that were seen, excused or not, and those whose share is not as listed. */
  seen(): Summary['knownDefects'];
}

interface Tally {
  defect: KnownDefect;
  requests: number;
  steps: number;
  events: number;
  consoles: number;
  /** It was seen outside of the warm-up. */
  isMeasured?: true;
  /** Of the requests: those whose answer had no words of its own. */
  wordless: number;
  /** Good answers of the same operation. */
  good: number;
  effects: { found: number; missing: number };
}

/**
 * The run's own date counts, not today's: an old run read again keeps its verdict. A defect is excused to the end of
 * its `until` day (UTC).
 */
export function defectBook(
  defects: readonly KnownDefect[],
  run: Pick<RunJson, 'start'> & { target: Pick<RunJson['target'], 'rateLimits'> },
): DefectBook {
  const start = Date.parse(run.start);
  const tallies = new Map<string, Tally>(
    defects
      .filter(({ rateLimits }) => !rateLimits || run.target.rateLimits)
      .map((defect) => [defect.name, newTally(defect)]),
  );
  const byOperation = Map.groupBy(tallies.values(), ({ defect }) => defect.operation);
  const unlisted = new Map<string, number>();
  const names = new Set(defects.map(({ name }) => name));
  const isInForce = (defect: KnownDefect) => start < Date.parse(defect.until) + 86_400_000;

  return {
    match(sample) {
      for (const tally of tallies.values()) {
        const evidence = evidenceOf(tally.defect, sample);
        if (evidence === undefined) continue;
        if (!sample.warmup) tally.isMeasured = true;
        if (sample.kind === 'request') tally.requests += 1;
        else if (sample.kind === 'step') tally.steps += 1;
        else tally.consoles += 1;
        if (sample.kind === 'request' && evidence === 'status') tally.wordless += 1;
        return { name: tally.defect.name, excused: isInForce(tally.defect) };
      }
      return undefined;
    },
    good(sample) {
      for (const tally of byOperation.get(sample.name) ?? [])
        if (isPlaceOf(tally.defect, sample)) tally.good += 1;
    },
    note({ warmup, data: { defect: name } }) {
      const tally = tallies.get(name);
      if (tally) tally.events += 1;
      if (tally && !warmup) tally.isMeasured = true;
      if (!tally) unlisted.set(name, (unlisted.get(name) ?? 0) + 1);
    },
    noteEffect({ data: { defect: name, found } }) {
      const tally = tallies.get(name);
      if (tally) tally.effects[found ? 'found' : 'missing'] += 1;
      else if (!names.has(name)) unlisted.set(name, (unlisted.get(name) ?? 0) + 1);
    },
    seen() {
      const listed = [...tallies.values()].flatMap((tally) => rowOf(tally, isInForce(tally.defect)));
      const strangers = [...unlisted].map(([name, count]) => ({
        name,
        count,
        reason: 'not in config/known-defects.yml',
        until: '',
        excused: false,
      }));
      return [...listed, ...strangers];
    },
  };
}

function newTally(defect: KnownDefect): Tally {
  const effects = { found: 0, missing: 0 };
  return { defect, requests: 0, steps: 0, events: 0, consoles: 0, wordless: 0, good: 0, effects };
}

function rowOf(tally: Tally, excused: boolean): Summary['knownDefects'] {
  const { defect, requests, steps, events, consoles, wordless, effects, isMeasured } = tally;
  // One occurrence may show in several places: answer, step, journey and console. Count it once.
  const places = { requests, steps, journeys: events, pages: consoles, effects: effects.found };
  const count = Math.max(...Object.values(places));
  const changed = changedShare(tally);
  if (count === 0 && !changed) return [];
  const { name, reason, until } = defect;
  // Where the answer's own words showed the defect, nothing hangs on its effect.
  const unverified = Math.max(0, wordless - effects.found);
  const withoutEffect = Math.min(unverified, effects.missing);
  return [
    {
      name,
      count,
      reason,
      until,
      excused,
      places,
      ...(count > 0 && !isMeasured && { warmupOnly: true as const }),
      ...(unverified > 0 && { unverified }),
      ...(withoutEffect > 0 && { withoutEffect }),
      ...(changed && { changed }),
    },
  ];
}

/** The share of answers with the defect, where the listed one lies outside of its 95 % interval. */
function changedShare({ defect: { share: listed }, requests: hits, good }: Tally) {
  const n = hits + good;
  const ci = clopperPearson(hits, n);
  if (listed === undefined || ci === null || (listed >= ci[0] && listed <= ci[1])) return undefined;
  return { listed, value: hits / n, n, ci };
}

/**
 * What shows that a failure is the defect: the `error` of its entry, or the `status` alone, where the answer has no words
 * of the target's or the entry none to compare them with. undefined: it is another failure.
 */
function evidenceOf(defect: KnownDefect, sample: Failure): 'error' | 'status' | undefined {
  if (!isPlaceOf(defect, sample)) return undefined;
  if (sample.kind === 'request' && defect.status !== undefined && defect.status !== sample.status)
    return undefined;
  const said = (sample.error ?? '').toLowerCase();
  if (sample.kind === 'error')
    return partsOf(defect.console).some((part) => hasInOrder(said, part.split('*'))) ? 'error' : undefined;
  const parts = partsOf(defect.error);
  if (parts.some((part) => said.includes(part))) return 'error';
  if (sample.kind !== 'request' || defect.status === undefined) return undefined;
  return parts.length === 0 || isWordless(sample) ? 'status' : undefined;
}

function partsOf(listed: KnownDefect['error']): string[] {
  return [listed ?? []].flat().map((part) => part.toLowerCase());
}

function hasInOrder(said: string, parts: readonly string[]): boolean {
  let from = 0;
  return parts.every((part) => {
    const at = said.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

/** What a deployment that is not in debug mode answers to whatever went wrong (docs/contract/api.md §1.3). */
const INTERNAL = 'an internal error occurred';

/** Whether the answer's text is unknown: hidden by the target, no JSON, or not to be read by the page. */
function isWordless({ error }: Pick<RequestSample, 'error'>): boolean {
  if (error === undefined || /^\d{3}(?:$|,)/.test(error)) return true;
  return error.toLowerCase().includes(INTERNAL);
}

const OF_PAGE: ReadonlySet<ErrorKind> = new Set(['console-error', 'page-error', 'file-not-loaded']);

/** Whether a defect shows itself in this sample. An error that a page throws is in the console as well. */
function isPlaceOf(defect: KnownDefect, sample: Failure): boolean {
  if (defect.page !== undefined && defect.page !== sample.page) return false;
  if (sample.kind === 'request') return defect.operation === sample.name;
  if (sample.kind === 'step') return defect.step === sample.name;
  return defect.console !== undefined && sample.errorKind !== undefined && OF_PAGE.has(sample.errorKind);
}
