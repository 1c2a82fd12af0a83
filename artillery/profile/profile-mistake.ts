import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { parseLined } from '../../config/yaml-line.ts';

/** A part of a profile: in words, and as the path of keys to it. */
export interface Place {
  /** `profile load: phase "steady"`. */
  words: string;
  path: readonly PropertyKey[];
}

/** A mistake in a profile. It knows the keys that lead to it, so that who knows the file can tell the line. */
export class ProfileMistake extends ConfigError {
  readonly path: readonly PropertyKey[];

  constructor(message: string, path: readonly PropertyKey[]) {
    super(message);
    this.path = path;
  }
}

/** @param says what follows the words of the place, e.g. ` starts nobody` or `: users: not a number` */
export function mistakeAt(place: Place, says: string, ...keys: PropertyKey[]): ProfileMistake {
  return new ProfileMistake(`${place.words}${says}`, [...place.path, ...keys]);
}

/** Files that a script was read from: `--config` puts its `config` into one of its own. */
export interface ScriptFiles {
  script: string;
  config?: string;
}

/** The error with file and line before it, where it is a mistake of a profile whose file can be read. */
export function withLine(error: unknown, files: ScriptFiles | undefined): unknown {
  if (!(error instanceof ProfileMistake) || !files) return error;
  const file = (error.path[0] === 'config' && files.config) || files.script;
  const shown = relative(process.cwd(), file) || file;
  return new ConfigError(`${shown}${lineIn(file, error.path)}: ${error.message}`);
}

/** JSON is YAML too; a script that is a program has no lines to tell. */
function lineIn(file: string, path: readonly PropertyKey[]): string {
  if (!/\.(ya?ml|json)$/.test(file)) return '';
  const { document, lineOf } = parseLined(readFileSync(file, 'utf8'));
  return document.errors.length > 0 ? '' : `:${lineOf(path)}`;
}
