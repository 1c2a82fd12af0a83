import { interval } from '../format.ts';
import { allowsNoFailure, type GateResult, type PrimaryFigure } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';

/** The 95 % interval of what a gate observed; where its limit allows no failure, that this is what it is judged by. */
export function judgedInterval(gate: Pick<GateResult, 'ci' | 'unit' | 'limit' | 'side'>): string {
  const text = interval(gate.ci, gate.unit);
  return text && allowsNoFailure(gate) ? `${text}; judged: none may fail` : text;
}

/** The same of a primary figure, by the gate on it. */
export function primaryInterval({ metric, ci, unit }: PrimaryFigure, gates: Summary['gates']): string {
  const gate = gates.find((one) => one.metric === metric);
  return gate ? judgedInterval({ ...gate, ci, unit }) : interval(ci, unit);
}
