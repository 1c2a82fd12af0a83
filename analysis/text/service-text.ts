/** How far the target served its users: availability, and what never worked. */
import { percent, plural, thousands } from '../format.ts';
import type { NeverWorked, Summary } from '../summary/summary.ts';

/** Empty where no request was sent. */
export function availabilityText({ counts: { availability } }: Pick<Summary, 'counts'>): string {
  const { n, down, excused } = availability;
  if (n === 0) return '';
  return `Availability: ${percent(1 - (down + excused) / n)} as users met it, ${percent(1 - down / n)} without known defects (${plural(n, 'request')} outside of warm-up; ${thousands(down + excused)} had no answer or a status of 500 or more, ${thousands(excused)} of them known defects)`;
}

/** `journey request a swap, 7 of 7`. */
export function neverWorkedText({ kind, name, n, defects }: NeverWorked): string {
  const known = defects.length > 0 ? ` (known defect: ${defects.join(', ')})` : '';
  return `${kind} ${name}, ${n} of ${n}${known}`;
}

/** `seen 4 times (3 requests, 4 journeys)`: other figures of the report count one of these places only. */
export function seenText({ count, places }: Summary['knownDefects'][number]): string {
  const seen = `seen ${plural(count, 'time')}`;
  const found = placesText(places);
  return found === '' ? seen : `${seen} (${found})`;
}

/** `3 requests, reported by 4 journeys`; empty where there are fewer places than `fewest`. Effects are what confirms it. */
export function placesText(places: Summary['knownDefects'][number]['places'], fewest = 2): string {
  if (!places) return '';
  const { requests, steps, journeys, pages } = places;
  const parts = [
    requests > 0 && plural(requests, 'request'),
    steps > 0 && plural(steps, 'step'),
    journeys > 0 && `reported by ${plural(journeys, 'journey')}`,
    pages > 0 && `in ${plural(pages, 'console')} of pages`,
  ].filter(Boolean);
  return parts.length >= fewest ? parts.join(', ') : '';
}

/** Of how many occurrences of a known defect nothing but a status is known. Empty: of none. */
export function unverifiedText({ count, unverified }: Summary['knownDefects'][number]): string {
  if (unverified === undefined) return '';
  return unverified >= count ? 'not verified' : `${unverified} of them not verified`;
}
