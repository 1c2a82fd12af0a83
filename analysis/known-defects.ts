/** Failures compared with the dated list of `config/known-defects.yml`. */
import type { KnownDefect } from '../config/known-defects.ts';
import type { RunJson } from '../measure/run/run.ts';
import type { ErrorSample, EventSample, RequestSample, StepSample } from '../measure/run/samples.ts';
import type { Summary } from './summary/summary.ts';

export interface DefectBook {
  /** Counts a failed request or step, or an error of a page, under its defect; true when that excuses it. */
  excuses(sample: RequestSample | StepSample | ErrorSample): boolean;
  /** Counts a defect that no answer or step shows. */
  note(event: EventSample<'known-defect'>): void;
  /** All that were seen, excused or not. */
  seen(): Summary['knownDefects'];
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
  const tallies = new Map(
    defects.map((defect) => [defect.name, { defect, requests: 0, steps: 0, events: 0, consoles: 0 }]),
  );
  const strangers = new Map<string, number>();
  const isInForce = (defect: KnownDefect) => start < Date.parse(defect.until) + 86_400_000;

  return {
    excuses(sample) {
      for (const tally of tallies.values()) {
        if (tally.defect.rateLimits && !run.target.rateLimits) continue;
        if (!matches(tally.defect, sample)) continue;
        if (sample.kind === 'request') tally.requests += 1;
        else if (sample.kind === 'step') tally.steps += 1;
        else tally.consoles += 1;
        return isInForce(tally.defect);
      }
      return false;
    },
    note({ data: { defect: name } }) {
      const tally = tallies.get(name);
      if (tally) tally.events += 1;
      else strangers.set(name, (strangers.get(name) ?? 0) + 1);
    },
    seen() {
      const listed = [...tallies.values()].flatMap(({ defect, requests, steps, events, consoles }) => {
        // One occurrence may show in several places: answer, step, journey and console. Count it once.
        const count = Math.max(requests, steps, events, consoles);
        const { name, reason, until } = defect;
        return count > 0 ? [{ name, count, reason, until, excused: isInForce(defect) }] : [];
      });
      const unlisted = [...strangers].map(([name, count]) => ({
        name,
        count,
        reason: 'not in config/known-defects.yml',
        until: '',
        excused: false,
      }));
      return [...listed, ...unlisted];
    },
  };
}

function matches(defect: KnownDefect, sample: RequestSample | StepSample | ErrorSample): boolean {
  if (!isPlaceOf(defect, sample)) return false;
  if (sample.kind === 'request' && defect.status !== undefined && defect.status !== sample.status)
    return false;
  if (defect.page !== undefined && defect.page !== sample.page) return false;
  const part = sample.kind === 'error' ? defect.console : defect.error;
  if (part === undefined) return sample.kind === 'request';
  return (sample.error ?? '').toLowerCase().includes(part.toLowerCase());
}

/** Whether a defect shows itself in this sample. An error that a page throws is in the console as well. */
function isPlaceOf(defect: KnownDefect, sample: RequestSample | StepSample | ErrorSample): boolean {
  if (sample.kind === 'request') return defect.operation === sample.name;
  if (sample.kind === 'step') return defect.step === sample.name;
  const isOfPage = sample.errorKind === 'console-error' || sample.errorKind === 'page-error';
  return defect.console !== undefined && isOfPage;
}
