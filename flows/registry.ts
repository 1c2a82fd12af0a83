import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isAllowed, type MayChange } from '../config/changes.ts';
import { ROLES, type Role } from '../config/roles.ts';
import type { Journey } from './journey.ts';

/** A journey is a file in the folder of its role, `flows/<role>/<what the user does>.ts`, and nothing else. */
async function load(): Promise<Journey[]> {
  const found: Journey[] = [];
  for (const role of ROLES) {
    const folder = new URL(`./${role}/`, import.meta.url);
    const files = readdirSync(fileURLToPath(folder)).filter((file) => file.endsWith('.ts'));
    for (const file of files.sort()) {
      const module = (await import(new URL(file, folder).href)) as { default?: Journey };
      found.push(checked(module.default, role, `flows/${role}/${file}`));
    }
  }
  return found;
}

function checked(journey: Journey | undefined, role: Role, file: string): Journey {
  if (typeof journey?.run !== 'function') throw new Error(`${file}: export default defineJourney({ … })`);
  if (journey.role !== role)
    throw new Error(`${file}: its role is ${journey.role}; move it to flows/${journey.role}/`);
  return journey;
}

/** Every browser journey there is, by role and file name. Runners take them from here. */
export const journeys: readonly Journey[] = await load();

/**
 * Journeys of one role, of those that change nothing but what may be changed.
 * @param only names of journeys; default: all of the role
 * @throws {Error} naming what was asked for and is not there: a session that does less would look green
 */
export function journeysOf(role: Role, mayChange: MayChange, only?: readonly string[]): Journey[] {
  const own = journeys.filter((journey) => journey.role === role);
  const stranger = only?.find((name) => !own.some((journey) => journey.name === name));
  if (stranger !== undefined) {
    const known = own.map(({ name }) => name).join(', ');
    throw new Error(`there is no journey "${stranger}" of ${role} in the browser; there are: ${known}`);
  }
  return own.filter(({ name, changes }) => (only?.includes(name) ?? true) && isAllowed(changes, mayChange));
}
