import type { Rating } from '../../measure/run/vital-limits.ts';
import { figure } from '../format.ts';
import { type Html, html } from './html.ts';

const WORDS: Record<Rating, string> = { good: 'good', 'needs-improvement': 'needs work', poor: 'poor' };

/** A vital's value by colour and word. */
export function rated(value: number | null, rating: Rating): Html {
  return html`<span class="rating ${rating}">${figure(value)} <small>${WORDS[rating]}</small></span>`;
}
