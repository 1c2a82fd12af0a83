/** The verdict in one sentence for people who do not know the suite; what failed comes first. */
import { capitalized, intoRun, plural, some, thousands } from '../format.ts';
import { type Failing, type FailingKind, gravestFailure } from '../judge/gravest.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { plainName, plainValue } from './plain-metric.ts';
import { outcomeWords } from './verdict-words.ts';

type ReasonDetail = Summary['reasonDetails'][number];

/** The sentence on what failed, and that on limits. */
export function plainVerdict(summary: Summary): string {
  return verdictSentences(summary).join(' ');
}

/** `Step “open absences” failed 3 of 12 times, first 12 s into the run.`, `4 of 40 limits failed, 34 passed, 2 are undecided.` */
export function verdictSentences(summary: Summary): string[] {
  const [first] = summary.reasonDetails;
  const limits = limitsText(summary.gates);
  switch (summary.verdict) {
    case 'invalid':
      return [
        `These figures say nothing of the application: ${first ? withoutEnd(first.text) : 'the run is not valid'}.`,
      ];
    case 'pass':
      return ['Nothing asked of this run failed.', limits];
    case 'warn':
      return first ? [`${limits} But: ${plainReason(first)}.`] : [limits];
    default:
      return [...whatFailed(summary, first), limits];
  }
}

/** The gravest failure, or where no failure is a reason, the first reason. */
function whatFailed(summary: Summary, first: ReasonDetail | undefined): string[] {
  const worst = gravestFailure(summary);
  const reason = first ? [`${capitalized(plainReason(first))}.`] : [];
  if (!worst || !(worst.never || first?.code === 'first-failure')) return reason;
  return [`${failingText(worst)}.`, ...(first?.code === 'first-failure' ? [] : reason)];
}

/** `Call “absences.create” never worked (7 of 7 failed), first 27 s into the run, in “request an absence”`. */
export function failingText({ kind, name, failed, of, never, warmup, firstAt, groups }: Failing): string {
  const what = kind === 'error' ? `“${name}”` : `${capitalized(kindWord(kind))} “${name}”`;
  const early = warmup > 0 ? `after ${plural(warmup, 'failure')} in the warm-up` : '';
  const often = never
    ? `never worked (${[`${failed} of ${of ?? failed} failed`, early].filter(Boolean).join(', ')})`
    : `${timesText({ kind, failed, of })}${early && ` (${early})`}`;
  const when = firstAt === undefined ? '' : `, first ${intoRun(firstAt)} into the run`;
  const journeys = new Set(groups.flatMap(({ journey }) => (journey && journey !== name ? [journey] : [])));
  const where = journeys.size > 0 ? `, in ${some([...journeys].map((one) => `“${one}”`))}` : '';
  return `${what} ${often}${when}${where}`;
}

function timesText({ kind, failed, of }: Pick<Failing, 'kind' | 'failed' | 'of'>): string {
  if (of !== undefined) return `failed ${thousands(failed)} of ${plural(of, 'time')}`;
  return `${kind === 'error' ? 'happened' : 'failed'} ${plural(failed, 'time')}`;
}

/** Readers know calls; `request` is what samples and metrics say. */
export function kindWord(kind: FailingKind): string {
  return kind === 'request' ? 'call' : kind;
}

/** One reason without keys of metrics, and without a full stop. */
export function plainReason(reason: ReasonDetail): string {
  switch (reason.code) {
    case 'first-failure': {
      const { kind, name, journey, count, at, isAfterWarmup } = reason;
      const of = journey === undefined || kind === 'session' ? '' : ` of “${journey}”`;
      const what = kind === 'error' ? `“${name}” happened` : `${kindWord(kind)} “${name}”${of} failed`;
      return `${what} first${isAfterWarmup ? ' after the warm-up' : ''}, ${intoRun(at)} into the run${count > 1 ? ` (${plural(count, 'time')} with this error)` : ''}`;
    }
    case 'gate-failed':
    case 'gate-inconclusive':
      return plainGate(reason.gate);
    default:
      return withoutEnd(reason.text);
  }
}

/** `Simple reads: 95 % within 2 400 ms, limit ≤ 2 000 ms: failed`. */
export function plainGate(gate: JudgedGate): string {
  const { metric, observed, unit, n, expected, missing } = gate;
  const seen =
    observed === null ? (missing ?? 'there are no samples') : plainValue(metric, observed, unit, n);
  return `${plainName(metric)}: ${seen}, limit ${expected}: ${outcomeWords(gate).toLowerCase()}`;
}

function limitsText(gates: Summary['gates']): string {
  const count = (outcome: JudgedGate['outcome']) => gates.filter((gate) => gate.outcome === outcome).length;
  const [passed, failed, open] = [count('passed'), count('failed'), count('inconclusive')];
  const against = gates.filter((gate) => gate.outcome === 'inconclusive' && gate.verdict !== 'pass').length;
  const among =
    against === 0 ? '' : ` (${against} of these not confirmed: something failed, or was beyond the limit)`;
  const unknown = open === 0 ? '' : `, ${open} ${open === 1 ? 'is' : 'are'} undecided${among}`;
  if (gates.length === 0) return 'No limits are set for it.';
  return failed === 0
    ? `${passed} of ${plural(gates.length, 'limit')} passed, none failed${unknown}.`
    : `${failed} of ${plural(gates.length, 'limit')} failed, ${passed} passed${unknown}.`;
}

function withoutEnd(text: string): string {
  return text.replace(/\.$/, '');
}
