import { interval } from '../format.ts';
import { allowsNoFailure, type PrimaryFigure } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';

/** The 95 % interval of a primary figure; where its limit allows no failure, that this is what it is judged by. */
export function primaryInterval({ metric, ci, unit }: PrimaryFigure, gates: Summary['gates']): string {
  const text = interval(ci, unit);
  const gate = gates.find((one) => one.metric === metric);
  return text && gate && allowsNoFailure(gate) ? `${text}; judged: none may fail` : text;
}
