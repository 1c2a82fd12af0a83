/** When health probes had no answer, and why such a time may count as no silence of the target. */
import { duration, intoRun, percent, plural, some, thousands } from '../format.ts';
import type { ProbeWait } from '../summary/reason.ts';

/** @param waits absent: their moments are not known */
export function probesText(unanswered: number, probes: number, waits: readonly ProbeWait[] = []): string {
  const share = `${thousands(unanswered)} of ${plural(probes, 'health probe')} had no answer in time (${percent(unanswered / probes)})`;
  if (waits.length === 0) return share;
  const spans = waits.map(({ from, seconds }) => `for ${duration(seconds)} (${intoRun(from)} into the run)`);
  return [`${share}: ${some(spans)}`, ...answeredText(waits)].join('; ');
}

function answeredText(waits: readonly ProbeWait[]): string[] {
  const answers = waits.reduce((sum, { answered }) => sum + answered, 0);
  if (answers === 0) return [];
  const silent = waits.reduce((sum, one) => sum + one.silent, 0);
  const counts = silent === 0 ? 'none of it counts' : `only ${duration(silent)} of it count`;
  return [
    `users were answered meanwhile (${plural(answers, 'answer')}), so ${counts} as time without any answer, which takes 5 s`,
  ];
}
