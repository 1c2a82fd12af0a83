import type { HttpJourney } from '../../api/journey.ts';
import { httpJourneys } from '../../api/journeys/registry.ts';
import { ConfigError } from '../../config/errors.ts';
import { nearestNames } from '../../config/nearest-name.ts';
import type { Journey } from '../../flows/journey.ts';
import { journeys } from '../../flows/registry.ts';

export type ChosenJourney = { via: 'browser'; journey: Journey } | { via: 'http'; journey: HttpJourney };

/**
 * The journey of this name, whichever kind it is of; case does not matter.
 * @throws {ConfigError} naming those that are near, or share its words
 */
export function journeyNamed(name: string): ChosenJourney {
  if (name.trim() === '')
    throw new ConfigError(
      'loadtest try: no journey given. Write its name, e.g. `npx loadtest try "request an absence"`; docs/journeys.md lists all.',
    );
  const all: ChosenJourney[] = [
    ...journeys.map((journey) => ({ via: 'browser' as const, journey })),
    ...httpJourneys.map((journey) => ({ via: 'http' as const, journey })),
  ];
  const found = all.find(({ journey }) => journey.name.toLowerCase() === name.trim().toLowerCase());
  if (found) return found;
  const near = nearestNames(
    name,
    all.map(({ journey }) => journey.name),
  );
  const meant = near.map((one) => `"${one}"`).join(', ');
  throw new ConfigError(
    `loadtest try: "${name}": no such journey. ${meant ? `Did you mean ${meant}?` : 'docs/journeys.md lists those of browsers, api/journeys/ holds those over HTTP.'}`,
  );
}
