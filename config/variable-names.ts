/** Names of variables: the suite's own, those that look like a misspelt one, and those of other programs. */
import { editDistance } from './nearest-name.ts';
import { variables } from './variables.ts';

export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape);

/** What people call a variable that has another name. Letters only, see `lettersOf`. */
const ALSO_CALLED: Readonly<Record<string, string>> = {
  thinktime: 'THINK',
  targeturl: 'BASE_URL',
  baseurl: 'BASE_URL',
  reportdir: 'REPORTS_DIR',
  reportsdirectory: 'REPORTS_DIR',
};

/** Other tools that read a `.env`, and a prefix for any other name that somebody keeps there. */
const OTHER_PROGRAMS = /^(COMPOSE|DOCKER|GITHUB|GITLAB|NPM|OTHER)_/;

/** Read by Node, browsers, Playwright or Artillery, from the process only. */
const OF_PROCESS =
  /^((HTTPS?|ALL|NO)_PROXY|(NODE|PLAYWRIGHT|ARTILLERY)_.*|PW.*|CI|DEBUG|TZ|LANG|HOME|PATH|FORCE_COLOR|NO_COLOR)$/i;

/** Below this length one letter more or less is another word: API_URL is not APP_URL. */
const LONG_ENOUGH = 8;

export function isOfAnotherProgram(name: string): boolean {
  return OTHER_PROGRAMS.test(name);
}

export function ofProcessOnly(name: string): boolean {
  return OF_PROCESS.test(name);
}

/** The known variable that a name in `.env`, which is the suite's own file, was probably meant to be. */
export function nearestVariable(name: string, known: readonly string[]): string | undefined {
  const sure = misspeltFor(name, known);
  if (sure !== undefined || isOfAnotherProgram(name) || ofProcessOnly(name)) return sure;
  const letters = lettersOf(name);
  const [nearest] = known
    .map((one) => ({ one, distance: editDistance(letters, lettersOf(one)) }))
    .filter(({ one, distance }) => distance <= lettersOf(one).length / 3)
    .sort((a, b) => a.distance - b.distance);
  return nearest?.one;
}

/**
 * One line about variables that are set and look like misspelt ones of the suite; undefined: there are none. One that another
 * program reads is none where the variable that it looks like is set too, be it empty.
 */
export function misspeltVariables(set: Readonly<Record<string, string | undefined>>): string | undefined {
  const found = Object.keys(set).flatMap((name) => {
    const meant = VARIABLE_NAMES.includes(name) ? undefined : misspeltFor(name, VARIABLE_NAMES);
    return meant !== undefined && set[meant] === undefined ? [{ name, meant }] : [];
  });
  const [first] = found;
  if (!first) return undefined;
  const names = found.map(({ name, meant }) => `${name} (${meant}?)`).join(', ');
  return `${names}: nothing reads ${found.length === 1 ? 'that variable' : 'those variables'}. Correct the name. If another program needs ${first.name}, set ${first.meant}= too (empty is enough).`;
}

/** The variable that a name is surely a slip for: the same letters, one letter off a long name, or a slip of the fingers. */
function misspeltFor(name: string, known: readonly string[]): string | undefined {
  const letters = lettersOf(name);
  const also = ALSO_CALLED[letters];
  if (also !== undefined) return also;
  return known.find((one) => {
    if (lettersOf(one) === letters) return true;
    // Most names are of other lengths: the rest takes a hundred times as long, at the start of every program.
    if (Math.abs(one.length - name.length) > 2) return false;
    const distance = editDistance(name.toUpperCase(), one);
    const isSwapped = distance === 2 && sorted(lettersOf(one)) === sorted(letters);
    return (
      (one.length >= LONG_ENOUGH && (distance === 1 || isSwapped)) || isMistyped(name.toUpperCase(), one)
    );
  });
}

/** Whether a short name has one letter twice, or two neighbours swapped: no other word is made so. */
function isMistyped(name: string, one: string): boolean {
  return [...name].some((letter, at) => {
    const next = name[at + 1];
    if (next === undefined) return false;
    const [before, after] = [name.slice(0, at), name.slice(at + 2)];
    return (letter === next && before + letter + after === one) || before + next + letter + after === one;
  });
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

function sorted(letters: string): string {
  return [...letters].sort().join('');
}
