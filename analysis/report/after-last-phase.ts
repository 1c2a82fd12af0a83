import type { Figures } from '../summary/summary.ts';
import { type Html, html } from './html.ts';

/** Beside the name, or the n, of figures that are of the drain alone: all others leave its times out. */
export function afterLastPhase({ isOfDrain }: Pick<Figures, 'isOfDrain'>): Html | '' {
  return isOfDrain ? html` <small class="drain">after the last phase</small>` : '';
}
