/**
 * Which series of an endpoint are meant: the instant vector selector of PromQL, without its modifiers
 * (https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors).
 */

export type Labels = Readonly<Record<string, string>>;

export interface Selector {
  /** Name of the metric. */
  name: string;
  fits(labels: Labels): boolean;
}

const NAME = /^\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\s*(?:\{(.*)\})?\s*$/s;
const MATCHER = /\s*([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/y;

/**
 * Selectors of a text such as `hits_total + misses_total{cache="l1"}`.
 * @returns what is wrong with it, as a text, where it is none
 */
export function parseSelectors(text: string): Selector[] | string {
  const parts = splitAtPlus(text).map(parseSelector);
  return parts.find((part) => typeof part === 'string') ?? parts.filter((part) => typeof part !== 'string');
}

function parseSelector(text: string): Selector | string {
  const [, name, inBraces = ''] = NAME.exec(text) ?? [];
  if (name === undefined) return `'${text.trim()}' is no series; write name or name{label="value"}`;
  const tests: Array<(labels: Labels) => boolean> = [];
  MATCHER.lastIndex = 0;
  for (let end = 0; end < inBraces.trimEnd().length; end = MATCHER.lastIndex) {
    MATCHER.lastIndex = end;
    const [, label = '', operator = '', quoted = ''] = MATCHER.exec(inBraces) ?? [];
    if (label === '')
      return `'${text.trim()}': not a matcher after '{${inBraces.slice(0, end)}'; write label="value", !=, =~ or !~`;
    const test = testOf(operator, quoted.replace(/\\(["\\])/g, '$1'));
    if (!test) return `'${text.trim()}': "${quoted}" is no regular expression`;
    // A label that is not there is the empty text, as in PromQL.
    tests.push((labels) => test(labels[label] ?? ''));
  }
  return { name, fits: (labels) => tests.every((test) => test(labels)) };
}

/** Regular expressions are anchored at both ends, as in PromQL. */
function testOf(operator: string, value: string): ((found: string) => boolean) | undefined {
  if (operator === '=') return (found) => found === value;
  if (operator === '!=') return (found) => found !== value;
  try {
    const pattern = new RegExp(`^(?:${value})$`, 's');
    return operator === '=~' ? (found) => pattern.test(found) : (found) => !pattern.test(found);
  } catch {
    return undefined;
  }
}

/** A plus inside of quotation marks is part of a value. */
function splitAtPlus(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^+"]|")+/g) ?? [text];
}
