import type { Via } from '../../measure/run/samples.ts';

/** Whose calls and journeys they are. Empty beside a journey whose name says it. */
export function clientText(via: Via | undefined, journey = ''): string {
  if (journey.endsWith(' over HTTP')) return '';
  return via === 'http' ? 'over HTTP' : 'in the browser';
}
