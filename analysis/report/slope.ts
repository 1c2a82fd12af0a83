import type { Unit } from '../../measure/run/units.ts';
import { change } from '../format.ts';
import { type Html, html } from './html.ts';

/** A change by the hour with its interval under it, and an arrow where that leaves out 0. `suffix`: the unit, where the cell says it. */
export function slope(
  perHour: number,
  [low, high]: readonly [low: number, high: number],
  unit: Unit,
  suffix = '',
): Html {
  const way = low > 0 ? ' ↗' : high < 0 ? ' ↘' : '';
  return html`${change(perHour, unit)}${suffix}${way}<small>${change(low, unit).replace(' points', '')} to ${change(high, unit)}</small>`;
}
