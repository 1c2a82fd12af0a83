/** Changes, intervals and verdicts as terminal and Markdown print them. */
import { change as changeIn, NONE } from '../analysis/format.ts';
import type { ComparedMetric } from './comparison.ts';

type Scaled = Pick<ComparedMetric, 'scale' | 'unit'>;

/** `+12.3 %`; of what has no ratio in its own unit: `+0.40 points`. */
export function changeText({ change, ...of }: Scaled & Pick<ComparedMetric, 'change'>): string {
  return change === null ? NONE : one(change, of);
}

/** `+4.1 to +21.0 %`; an open end is `…`. */
export function intervalText({
  interval: [low, high],
  ...of
}: Scaled & Pick<ComparedMetric, 'interval'>): string {
  if (low === null && high === null) return NONE;
  const end = (value: number | null) => (value === null ? '…' : signed(value, of));
  return `${end(low)} to ${end(high)}${unitText(of)}`;
}

function one(value: number, of: Scaled): string {
  return `${signed(value, of)}${unitText(of)}`;
}

function signed(value: number, { scale, unit }: Scaled): string {
  if (scale === 'difference') return changeIn(unit === '%' ? value * 100 : value, '1');
  const percent = (value * 100).toFixed(1);
  return `${Number(percent) > 0 ? '+' : ''}${percent}`;
}

function unitText({ scale, unit }: Scaled): string {
  if (scale === 'ratio') return ' %';
  if (unit === '1') return '';
  return unit === '%' ? ' points' : ` ${unit}`;
}

export function pText(p: number | null): string {
  if (p === null) return NONE;
  return p < 0.001 ? '< 0.001' : p.toFixed(3);
}

/** With what a reader must know of it: excused, outside, missing on which side. */
export function verdictText({
  verdict,
  excusedBy,
  isOutside,
  isConstant,
  current,
  runsToDecide,
}: ComparedMetric): string {
  if (excusedBy) return 'worse, accepted';
  if (verdict === 'missing') {
    return current === null ? 'missing now' : 'new: not in the baseline';
  }
  if (isConstant) return verdict === 'same' ? 'same, but another number' : `${verdict} in every run`;
  if (verdict === 'unclear' && isOutside) return 'unclear, no overlap';
  if (verdict === 'unclear' && runsToDecide !== undefined) return `unclear, needs ${runsToDecide}`;
  return verdict;
}
