/** Exit codes as `--help` explains them: one text for all commands, or the words of a command that knows better. */
import { FAILED, INTERRUPTED, INVALID, PASSED, UNREACHABLE, WRONG_USE } from '../exit-codes.ts';

const MEANINGS = {
  passed: [PASSED, 'pass or warn'],
  failed: [FAILED, 'the run failed: a limit of level error is broken, or another reason that it prints'],
  wrongUse: [WRONG_USE, 'wrong use or configuration'],
  invalid: [INVALID, 'the run is invalid: its figures cannot be trusted'],
  unreachable: [UNREACHABLE, "nothing answers at the target's address, or what answers is not the scheduler"],
  interrupted: [INTERRUPTED, 'interrupted'],
} as const;

type Exit = keyof typeof MEANINGS;

/** Ways in which a command ends: `true` for the usual meaning, or its own words. */
export type Exits = Readonly<Partial<Record<Exit, true | string>>>;

/** Of a command that makes a run and judges it. */
export const RUN_EXITS = {
  passed: true,
  failed: true,
  wrongUse: true,
  invalid: true,
  unreachable: true,
  interrupted: true,
} as const satisfies Exits;

/** Ways in which a group of commands ends: where not all of them have the same meaning, each names its command. */
export function exitsOfGroup(parts: ReadonlyArray<readonly [name: string, exits: Exits]>): Exits {
  const group: Partial<Record<Exit, true | string>> = {};
  for (const exit of Object.keys(MEANINGS) as Exit[]) {
    const given = parts.flatMap(([name, { [exit]: meaning }]) => (meaning ? [{ name, meaning }] : []));
    if (given.length === 0) continue;
    const [, usual] = MEANINGS[exit];
    const worded = given.map(({ name, meaning }) => ({ name, words: meaning === true ? usual : meaning }));
    const [first] = worded;
    const isUsual = given.every(({ meaning }) => meaning === true);
    const isOfAll = given.length === parts.length && worded.every(({ words }) => words === first?.words);
    group[exit] =
      isUsual || (isOfAll && first?.words) || worded.map(({ name, words }) => `${name}: ${words}`).join('; ');
  }
  return group;
}

export function exitCodesText(exits: Exits): string {
  const lines = Object.entries(MEANINGS).flatMap(([exit, [code, usual]]) => {
    const meaning = exits[exit as Exit];
    return meaning ? [`  ${String(code).padEnd(5)}${meaning === true ? usual : meaning}`] : [];
  });
  return ['Exit codes:', ...lines].join('\n');
}
