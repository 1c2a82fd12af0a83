/** What a schema finds wrong, in plain words. */
import type { z } from 'zod';
import { didYouMean } from './nearest-name.ts';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

/** The message of an issue whose schema has none of its own. Never a value that was found. */
export const plainMessage: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'missing' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      if (issue.input === undefined) return 'missing';
      const known = issue.values.map(String);
      const near = typeof issue.input === 'string' ? didYouMean(issue.input, known) : '';
      return `must be ${known.length > 1 ? 'one of ' : ''}${known.join(', ')}${near}`;
    }
    case 'too_small':
      if (issue.origin === 'string' && issue.minimum === 1) return 'empty';
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${inUnits(issue.origin)}`;
    case 'too_big':
      return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${inUnits(issue.origin)}`;
    default:
      return undefined;
  }
};

function inUnits(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}

export interface SchemaProblem {
  /** Keys that lead to the part that is wrong. */
  path: PropertyKey[];
  /** Keys that lead to the line: those of an unknown key have it at their end. */
  line: PropertyKey[];
  message: string;
}

/** The issue to tell: a misspelt key explains why another is missing beside it. */
export function foremost(issues: readonly Issue[]): Issue | undefined {
  const [first] = issues;
  const isBeside = ({ code, path }: Issue) =>
    code === 'unrecognized_keys' && path.every((key, index) => key === first?.path[index]);
  return issues.find(isBeside) ?? first;
}

/** @param secret whether an unknown key is named: in a file of secrets it may be a part of one */
export function problemOf(issue: Issue, schema: z.core.$ZodType, secret = false): SchemaProblem {
  const inner = innerOf(issue);
  const path = [...issue.path, ...(inner === issue ? [] : inner.path)];
  if (inner.code === 'invalid_key') {
    return { path, line: path, message: inner.issues[0]?.message ?? inner.message };
  }
  if (inner.code !== 'unrecognized_keys') return { path, line: path, message: inner.message };
  const [key = ''] = inner.keys;
  const known = keysAt(schema, path);
  const near = didYouMean(key, known);
  const what = secret ? 'unknown key' : `unknown key '${key}'`;
  const message = `${what}${near || ';'} known are ${known.join(', ')}`;
  return { path, line: [...path, key], message };
}

/** Of a union, what is wrong with the kind that was meant: the one that fits at its outside. */
function innerOf(issue: Issue): Issue {
  if (issue.code !== 'invalid_union') return issue;
  const meant = issue.errors
    .map(([first]) => first)
    .find((first) => first && (first.path.length > 0 || first.code === 'unrecognized_keys'));
  return meant ?? issue;
}

/** Keys that may stand at a place. */
function keysAt(schema: z.core.$ZodType, [key, ...rest]: PropertyKey[]): string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const path = key === undefined ? [] : [key, ...rest];
  switch (def.type) {
    case 'object': {
      if (key === undefined) return Object.keys(def.shape);
      const next = def.shape[String(key)];
      return next ? keysAt(next, rest) : [];
    }
    case 'record':
      return key === undefined ? [] : keysAt(def.valueType, rest);
    case 'array':
      return key === undefined ? [] : keysAt(def.element, rest);
    case 'union':
      return def.options.flatMap((option) => keysAt(option, path));
    case 'pipe':
      return [...keysAt(def.in, path), ...keysAt(def.out, path)];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return keysAt(def.innerType, path);
    default:
      return [];
  }
}
