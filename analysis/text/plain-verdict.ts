/** The verdict in one sentence for people who do not know the suite; what failed comes first. */
import { capitalized, duration, plural } from '../format.ts';
import type { JudgedGate } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { plainName, plainValue } from './plain-metric.ts';
import { OUTCOME_WORDS } from './verdict-words.ts';

type ReasonDetail = Summary['reasonDetails'][number];

/** `Step “open absences” failed first, 12 s into the run (3 times with this error). 4 of 40 limits failed; 2 had too little data.` */
export function plainVerdict(summary: Summary): string {
  const [first] = summary.reasonDetails;
  const limits = limitsText(summary.gates);
  switch (summary.verdict) {
    case 'invalid':
      return `These figures say nothing of the application: ${first ? withoutEnd(first.text) : 'the run is not valid'}.`;
    case 'pass':
      return `Nothing asked of this run failed. ${limits}`;
    case 'warn':
      return first ? `${limits} But: ${plainReason(first)}.` : limits;
    default:
      return [...whatFailed(summary, first), limits].join(' ');
  }
}

/** What users could not do at all is worse than what failed first. What was tried once may have failed by chance. */
function whatFailed({ doesNotWork }: Summary, first: ReasonDetail | undefined): string[] {
  const reason = first ? [`${capitalized(plainReason(first))}.`] : [];
  const [worst] = doesNotWork
    .filter(({ kind, n, defects }) => kind !== 'request' && n > 1 && defects.length === 0)
    .sort((a, b) => Number(b.kind === 'journey') - Number(a.kind === 'journey') || b.n - a.n);
  if (!worst) return reason;
  const never = `${capitalized(worst.kind)} “${worst.name}” never worked (${worst.n} of ${worst.n} failed)`;
  const isFirst = first?.code === 'first-failure' && first.kind === worst.kind && first.name === worst.name;
  return isFirst ? [`${never}, first ${duration(first.at)} into the run.`] : [`${never}.`, ...reason];
}

/** One reason without keys of metrics, and without a full stop. */
export function plainReason(reason: ReasonDetail): string {
  switch (reason.code) {
    case 'first-failure': {
      const { kind, name, journey, count, at } = reason;
      const of = journey === undefined || kind === 'session' ? '' : ` of “${journey}”`;
      const what = kind === 'error' ? `“${name}” happened` : `${kind} “${name}”${of} failed`;
      return `${what} first, ${duration(at)} into the run${count > 1 ? ` (${plural(count, 'time')} with this error)` : ''}`;
    }
    case 'gate-failed':
    case 'gate-inconclusive':
      return plainGate(reason.gate);
    default:
      return withoutEnd(reason.text);
  }
}

/** `Simple reads: 95 % within 2 400 ms, limit ≤ 2 000 ms: failed`. */
export function plainGate({ metric, observed, unit, n, expected, outcome, missing }: JudgedGate): string {
  const seen =
    observed === null ? (missing ?? 'there are no samples') : plainValue(metric, observed, unit, n);
  return `${plainName(metric)}: ${seen}, limit ${expected}: ${OUTCOME_WORDS[outcome].toLowerCase()}`;
}

function limitsText(gates: Summary['gates']): string {
  const count = (outcome: JudgedGate['outcome']) => gates.filter((gate) => gate.outcome === outcome).length;
  const [passed, failed, open] = [count('passed'), count('failed'), count('inconclusive')];
  const unknown = open === 0 ? '' : `; ${open} had too little data to say`;
  if (gates.length === 0) return 'No limits are set for it.';
  return failed === 0
    ? `${passed} of ${plural(gates.length, 'limit')} passed, none failed${unknown}.`
    : `${failed} of ${plural(gates.length, 'limit')} failed, ${passed} passed${unknown}.`;
}

function withoutEnd(text: string): string {
  return text.replace(/\.$/, '');
}
