/** What is audited: all pages and a journey of each role, or what the user names. */
import { isAllowed, type MayChange } from '../config/changes.ts';
import { ConfigError } from '../config/errors.ts';
import { nearestNames } from '../config/nearest-name.ts';
import { ROLES } from '../config/roles.ts';
import type { Journey } from '../flows/journey.ts';
import { journeys } from '../flows/registry.ts';
import { AUDITED_PAGES, type AuditedPage } from './pages.ts';
import type { AuditSettings } from './settings.ts';

/** Audited where none is named: one of each role, which changes nothing. */
export const AUDITED_JOURNEYS: readonly string[] = [
  'check redirect to sign-in',
  'view my schedule',
  'review workload analytics',
  'review weekly coverage',
  'review system health',
];

export interface Chosen {
  pages: readonly AuditedPage[];
  journeys: readonly Journey[];
  /** Why journeys are left out that would else be there. */
  note?: string;
}

/**
 * @param words paths of pages and names of journeys; none: all pages, and the journeys above
 * @param quick one page of each role, and no journey, where none is named
 * @throws {ConfigError} for a name that there is not, and for a journey that cannot be audited like this
 */
export function choose(words: readonly string[], settings: AuditSettings, quick: boolean): Chosen {
  const whyNot = unfitForJourneys(settings);
  if (words.length === 0) {
    if (quick) return { pages: firstOfEachRole(), journeys: [] };
    if (whyNot) return { pages: AUDITED_PAGES, journeys: [], note: `journeys are left out: ${whyNot}` };
    return { pages: AUDITED_PAGES, journeys: AUDITED_JOURNEYS.map((name) => journeyNamed(name) as Journey) };
  }
  const pages = new Set<AuditedPage>();
  const named = new Set<Journey>();
  for (const word of words) {
    const page = AUDITED_PAGES.find(({ path }) => path === word);
    const journey = journeyNamed(word);
    if (page) pages.add(page);
    else if (journey) named.add(journey);
    else throw unknown(word);
  }
  const [first] = named;
  if (first && whyNot)
    throw new ConfigError(
      `loadtest audit: "${first.name}": ${whyNot}. Name pages alone, or leave the option out.`,
    );
  return { pages: [...pages], journeys: [...named] };
}

/** @throws {ConfigError} for a journey that changes what the environment does not allow */
export function checkAllowed(chosen: Chosen, mayChange: MayChange, environment: string): void {
  const forbidden = chosen.journeys.find(({ changes }) => !isAllowed(changes, mayChange));
  if (forbidden)
    throw new ConfigError(
      `loadtest audit: "${forbidden.name}" changes ${forbidden.changes.join(', ')}, and ${environment} does not allow that. Name another environment, or change mayChange in config/environments.yml.`,
    );
}

function unfitForJourneys({ throttling, formFactor }: AuditSettings): string | undefined {
  if (throttling === 'simulate')
    return 'steps of a journey are timespans, which cannot be simulated (--throttling)';
  if (formFactor === 'mobile') return 'journeys are written for a wide window (--form-factor)';
  return undefined;
}

function firstOfEachRole(): AuditedPage[] {
  return ROLES.flatMap((role) => AUDITED_PAGES.find((page) => page.role === role) ?? []);
}

function journeyNamed(word: string): Journey | undefined {
  return journeys.find(({ name }) => name === word.toLowerCase());
}

function unknown(word: string): ConfigError {
  const names = [...AUDITED_PAGES.map(({ path }) => path), ...journeys.map(({ name }) => name)];
  const near = nearestNames(word, names)
    .map((one) => `"${one}"`)
    .join(', ');
  return new ConfigError(
    `loadtest audit: "${word}": no such page or journey. ${near ? `Did you mean ${near}?` : '`npx loadtest audit --list` prints all.'}`,
  );
}
