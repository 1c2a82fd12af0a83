/** Options of a command line, each with the type of its value, on commander's `Option`. */
import { InvalidArgumentError, Option } from 'commander';

/** An option of commander whose value has type T. */
export type Typed<T> = Option & { readonly valueType?: T };
export type Options = Readonly<Record<string, Typed<unknown>>>;

/** Values of `options` under the same keys. */
export type ValuesOf<O extends Options> = {
  [Key in keyof O]: O[Key] extends Typed<infer T> ? T : never;
};

/** `--quick`: true when given. */
export function flag(flags: string, about: string): Typed<boolean> {
  return new Option(flags, about);
}

/** `--label <name>`: the last one given. */
export function text(flags: string, about: string): Typed<string | undefined> {
  return new Option(flags, about).argParser((value: string) => notAnOption(value));
}

/** As `text`, with the value of one that is not given. */
export function textWithDefault(flags: string, about: string, value: string): Typed<string> {
  return text(flags, about).default(value) as Typed<string>;
}

/** `--only <name>`: all that are given, in order. */
export function texts(flags: string, about: string): Typed<readonly string[] | undefined> {
  return new Option(flags, `${about}; can be given more than once`).argParser(
    (value: string, before: readonly string[] = []) => [...before, notAnOption(value)],
  );
}

/** A value that looks like an option is the next option: the value was forgotten, as in `--output --force`. */
function notAnOption(value: string): string {
  if (value.startsWith('--')) throw new InvalidArgumentError('Write a value before the next option.');
  return value;
}
