/** What figures are of, e.g. `step.open absences`, `vital.LCP./people cold`: one type, one printer, one parser. */

import {
  METRIC_KINDS,
  type MetricKind,
  type MetricVariant,
  metricFamily,
  VARIANTS,
} from './metric-family.ts';

/** A key of `summary.metrics`. In a pattern `*` stands for any name or page. */
export interface MetricKey {
  kind: MetricKind;
  /** Absent for `session`, which has no names. For `target`: `<endpoint>.<figure>`. */
  name?: string;
  /** The only page of a vital, or of a view's figure. */
  page?: string;
  variant?: MetricVariant;
}

/** As it stands in `summary.json`. */
export function printMetricKey({ kind, name, page, variant }: MetricKey): string {
  let text: string = kind;
  if (name !== undefined) text += `.${quoted(name)}`;
  if (page !== undefined) text += `.${quoted(page)}`;
  return variant === undefined ? text : `${text} ${variant}`;
}

/** A name that ends like a variant would share the key of another name's values: of those alone it is in quotes. */
function quoted(name: string): string {
  return splitVariant(name).variant === undefined ? name : `"${name}"`;
}

function unquoted(name: string): string {
  const inner = /^"(.*)"$/.exec(name)?.[1];
  return inner !== undefined && splitVariant(inner).variant !== undefined ? inner : name;
}

/** @returns undefined for a text that is not a key */
export function parseMetricKey(text: string): MetricKey | undefined {
  const { rest, variant } = splitVariant(text);
  const [kind, name] = cut(rest, '.');
  if (!isMetricKind(kind)) return undefined;
  const key: MetricKey = { kind };
  if (variant !== undefined) key.variant = variant;
  if (name === undefined) return key;
  if (!metricFamily(kind).hasPages) return { ...key, name: unquoted(name) };
  const [vital, page] = cut(name, '.');
  return page === undefined ? { ...key, name: vital } : { ...key, name: vital, page: unquoted(page) };
}

/** Takes the variant off the end of a key or an expression. */
export function splitVariant(text: string): { rest: string; variant?: MetricVariant } {
  const variant = VARIANTS.find((one) => text.endsWith(` ${one}`));
  return variant === undefined ? { rest: text } : { rest: text.slice(0, -variant.length - 1), variant };
}

function isMetricKind(text: string): text is MetricKind {
  return METRIC_KINDS.includes(text as MetricKind);
}

/** The text before the first `by`, and the text after it, if there is one. */
function cut(text: string, by: string): [before: string, after?: string] {
  const at = text.indexOf(by);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + by.length)];
}

/**
 * Whether a key fits a pattern. `*` stands for any name, but reaches neither into pages of a vital or view nor into values that
 * are kept separately. Also for keys of `summary.findings` and for expressions.
 */
export function metricMatcher(pattern: string): (key: string) => boolean {
  if (!pattern.includes('*')) return (key) => key === pattern;
  const source = pattern.replace(/[*.+?^${}()|[\]\\/]/g, (character, offset: number) =>
    character === '*' ? anyName(pattern.slice(0, offset)) : `\\${character}`,
  );
  const regex = new RegExp(`^${source}$`);
  const { variant } = splitVariant(pattern);
  return (key) => regex.test(key) && splitVariant(key).variant === variant;
}

/** What `*` may be after this: a vital's name, a page, or any other name. */
function anyName(before: string): string {
  if (before === 'vital.') return '[A-Z]+';
  if (before === 'view.') return '[^.]+';
  if (before === 'audit./') return '.*'; // the first page is `/` alone
  const isOfPage = before.startsWith('vital.') || before.startsWith('view.');
  if (isOfPage) return before.endsWith('.') ? '/.*' : '.*';
  return '.+';
}
