/** What both programs of benchmarks take from their command lines: names of parts, and numbers. */
import { ConfigError } from '../../config/errors.ts';
import { didYouMean } from '../../config/nearest-name.ts';

/** The parts that were named, in the order of `all`; all of them when none was. @throws ConfigError for another name */
export function givenParts<P extends string>(
  program: string,
  words: readonly string[],
  all: readonly P[],
): readonly P[] {
  const names: readonly string[] = all;
  const unknown = words.find((word) => !names.includes(word));
  if (unknown !== undefined)
    throw new ConfigError(
      `${program}: ${unknown}: no such part${didYouMean(unknown, names)} (there are: ${names.join(', ')})`,
    );
  return words.length > 0 ? all.filter((part) => words.includes(part)) : all;
}

/** Undefined when it was not given. @throws ConfigError for anything but a whole number of `least` or more */
export function givenNumber(
  program: string,
  option: string,
  value: string | undefined,
  { least, example }: { least: number; example: number },
): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value) && Number(value) >= least) return Number(value);
  throw new ConfigError(
    `${program}: --${option} ${value}: not a whole number of ${least} or more; write e.g. --${option} ${example}`,
  );
}
