/** The one reader of YAML files: strict, and every mistake is one line that begins with file and line. */
import { isScalar } from 'yaml';
import type { z } from 'zod';
import { ConfigError } from './errors.ts';
import { readFileText } from './file-text.ts';
import { foremost, plainMessage, problemOf } from './schema-problem.ts';
import { type LinedDocument, type Path, parseLined } from './yaml-line.ts';
import { entryAt, syntaxMistake } from './yaml-syntax.ts';

export interface YamlOptions {
  /** Name of the file in messages. */
  shown: string;
  /** Whether it holds secrets: then no message repeats anything of it, and nothing that YAML drops silently is taken. */
  secret?: boolean;
  /** Words for a part of the file. Default: its keys with points between. */
  place?(path: Path, content: unknown): string;
  /** Last sentence of a message about the content, e.g. `Give each role a median.` Default: none. */
  fix?: string;
  /** Last sentence of a message about a file that cannot be read. */
  restore?: string;
}

export interface YamlFile<T> {
  data: T;
  /** Line of a key, or of the nearest of its parents that is there. */
  lineOf(path: Path): number;
  /** A scalar as it is written: `1.10`, which is the number 1.1. Undefined: there is none. */
  sourceOf(path: Path): string | undefined;
  /**
   * A mistake that the schema cannot know, with its line.
   * @param message without a point at its end
   * @param fix instead of that of the file
   */
  mistake(path: Path, message: string, fix?: string): ConfigError;
}

/**
 * Reads a file and checks it.
 * @throws {ConfigError} one line: `<file>:<line>: <part>: <what is wrong>. <fix>.`
 */
export function loadYaml<S extends z.ZodType>(
  file: string | URL,
  schema: S,
  options: YamlOptions,
): YamlFile<z.output<S>> {
  const text = readFileText(file, options.shown, options.restore ?? 'Restore the file.');
  return parseYaml(text, schema, options);
}

/** As `loadYaml`, for a text. JSON is YAML too. */
export function parseYaml<S extends z.ZodType>(
  given: string,
  schema: S,
  options: YamlOptions,
): YamlFile<z.output<S>> {
  const { shown, secret = false, place = keysWithPoints, fix } = options;
  // The parser knows no line that ends with a carriage return alone.
  const text = given.replace(/\r\n?/g, '\n');
  const lined = parseLined(text);
  const { lineAt, lineOf } = lined;
  const wrong = syntaxMistake(lined, text, secret);
  if (wrong) {
    const entry = secret ? entryAt(lined, wrong.offset) : '';
    throw new ConfigError(`${shown}:${lineAt(wrong.offset)}: ${entry}${wrong.what}. ${wrong.fix}`);
  }
  const content = contentOf(lined, shown);
  const mistakeAt = (line: Path, path: Path, message: string, how = fix) => {
    const part = place(path, content);
    const last = message.at(-1);
    const point = last === '.' || last === '?' ? '' : '.';
    const end = how ? `${point} ${how}` : point;
    return new ConfigError(`${shown}:${lineOf(line)}: ${part ? `${part}: ` : ''}${message}${end}`);
  };
  const read = schema.safeParse(content, { error: plainMessage });
  const issue = foremost(read.error?.issues ?? []);
  if (issue) {
    const { path, line, message } = problemOf(issue, schema, secret);
    const isEmpty = content === null && path.length === 0;
    throw mistakeAt(line, path, isEmpty ? `${message} (the file is empty)` : message);
  }
  return {
    data: read.data as z.output<S>,
    lineOf,
    sourceOf: (path) => {
      const node = lined.nodeAt(path);
      return isScalar(node) ? node.source : undefined;
    },
    mistake: (path, message, how) => mistakeAt(path, path, message, how),
  };
}

function contentOf({ document }: LinedDocument, shown: string): unknown {
  try {
    return document.toJS();
  } catch {
    throw new ConfigError(`${shown}: its aliases repeat too much. Write the values out.`);
  }
}

function keysWithPoints(path: Path): string {
  return path.join('.');
}
