/** Links from a report to where the target keeps its own traces and logs: addresses with places to fill in. */
import { z } from 'zod';
import { text } from './reference.ts';

/** Moments are ms since the epoch. A trace id is that of the W3C (32 hexadecimal digits). */
export const LINK_PLACES = ['from', 'to', 'traceId', 'requestId'] as const;
export type LinkPlace = (typeof LINK_PLACES)[number];

export interface LinkTemplate {
  name: string;
  url: string;
}

const PLACE = /\{([^{}]*)\}/g;

const url = text
  .refine(isWebAddress, { error: 'not an address that begins with http:// or https:// and has no password' })
  .refine((given) => placesOf(given).every((place) => LINK_PLACES.includes(place as LinkPlace)), {
    error: `an unknown place; allowed: ${LINK_PLACES.map((place) => `{${place}}`).join(', ')}`,
  });

export const links = z.array(z.strictObject({ name: text, url }), {
  error: 'not a list; write - { name: traces, url: "https://…/{traceId}" }',
});

export function placesOf(template: string): string[] {
  return [...template.matchAll(PLACE)].map(([, place = '']) => place);
}

/** @returns undefined: a place of it has no value here */
export function filled(template: string, values: Partial<Record<LinkPlace, string>>): string | undefined {
  if (placesOf(template).some((place) => values[place as LinkPlace] === undefined)) return undefined;
  return template.replace(PLACE, (_, place: LinkPlace) => encodeURIComponent(values[place] ?? ''));
}

function isWebAddress(given: string): boolean {
  const address = given.replace(PLACE, 'x');
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === '' && password === '';
}
