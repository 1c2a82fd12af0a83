import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isAllowed, type MayChange } from '../../config/changes.ts';
import type { Role } from '../../measure/run/samples.ts';
import type { HttpJourney } from '../journey.ts';

/** A journey is a file of this folder; what journeys share is in `parts/`. */
async function load(): Promise<HttpJourney[]> {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(fileURLToPath(folder)).filter(
    (file) => file.endsWith('.ts') && file !== 'registry.ts',
  );
  const found: HttpJourney[] = [];
  for (const file of files.sort()) {
    const { default: journey } = (await import(new URL(file, folder).href)) as { default?: HttpJourney };
    if (typeof journey?.run !== 'function')
      throw new Error(`api/journeys/${file}: export default defineHttpJourney({ … })`);
    found.push(journey);
  }
  return found;
}

const journeys = await load();

/** Every HTTP journey there is, by file name. */
export const httpJourneys: readonly HttpJourney[] = journeys;

/** Adds some that are in no folder: the bench has journeys of its own. */
export function addHttpJourneys(more: readonly HttpJourney[]): void {
  journeys.push(...more);
}

/**
 * The journeys that a session of this role draws from.
 * @param only names of journeys; default: all of the role but those that have to be named.
 * @param mayChange leaves out those that change anything else; default: none is left out.
 * @throws {Error} naming what was asked for, when nothing is left: a session that does nothing would look green.
 */
export function httpJourneysFor(
  role: Role,
  { only, mayChange }: { only?: readonly string[]; mayChange?: MayChange } = {},
): HttpJourney[] {
  for (const name of only ?? []) {
    if (!httpJourneys.some((journey) => journey.name === name)) {
      const known = httpJourneys.map((journey) => journey.name).join(', ');
      throw new Error(`there is no journey "${name}" over HTTP; there are: ${known}`);
    }
  }
  const chosen = httpJourneys.filter(
    ({ name, roles, changes, onlyNamed }) =>
      roles.some((one) => one === role) &&
      (only?.includes(name) ?? !onlyNamed) &&
      (mayChange === undefined || isAllowed(changes, mayChange)),
  );
  if (chosen.length === 0) {
    const which = only ? ` among ${only.join(', ')}` : '';
    const where = mayChange ? ` where only this may be changed: ${mayChange.join(', ') || 'nothing'}` : '';
    throw new Error(`no journey over HTTP for ${role}${which}${where}`);
  }
  return chosen;
}
