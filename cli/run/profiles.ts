/** The profiles that `npx loadtest run` knows, and what each is for. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { PROFILES_FOLDER, profileNames } from '../../config/profile-names.ts';

const ENDING = '.yml';

export interface ProfileFile {
  name: string;
  /** Absolute path. */
  file: string;
}

/**
 * Files of the profiles that were asked for, in order: a name (`load`), or the path of an Artillery script.
 * @throws {ConfigError} where there is none, one is not known, or is asked for twice
 */
export function profileFiles(words: readonly string[], folder = PROFILES_FOLDER): ProfileFile[] {
  const known = profileNames(folder);
  if (words.length === 0) {
    throw new ConfigError(
      `loadtest run: which profile? There are ${known.join(', ')}; \`npx loadtest run --list\` says what each is for`,
    );
  }
  const found = words.map((word): ProfileFile => {
    if (known.includes(word)) return { name: word, file: join(folder, `${word}${ENDING}`) };
    const isPath = /\.ya?ml$/.test(word);
    if (isPath && existsSync(word))
      return { name: basename(word).replace(/\.ya?ml$/, ''), file: resolve(word) };
    throw new ConfigError(
      isPath
        ? `${word}: no such file; name an Artillery script, or a profile: ${known.join(', ')}`
        : `${word}: no such profile${didYouMean(word, known)} (there are: ${known.join(', ')})`,
    );
  });
  const twice = found.find(({ file }, index) => found.findIndex((other) => other.file === file) !== index);
  if (twice) {
    throw new ConfigError(
      `loadtest run: ${twice.name}: named twice; a profile runs once at a time, VUS makes more users of it`,
    );
  }
  return found;
}

/** The first sentence of the comment with which its file begins; empty where there is none. */
export function aboutProfile(name: string, folder = PROFILES_FOLDER): string {
  const lines = readFileSync(join(folder, `${name}${ENDING}`), 'utf8').split('\n');
  const end = lines.findIndex((line) => !line.startsWith('#'));
  const comment = lines.slice(0, end).map((line) => line.replace(/^#\s?/, ''));
  const [sentence = ''] = /^.*?[.?](?=\s|$)/.exec(comment.join(' ')) ?? comment;
  return sentence;
}
