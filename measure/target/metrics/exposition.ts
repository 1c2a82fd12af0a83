/**
 * Reads what a Prometheus endpoint answers: the text format 0.0.4, and OpenMetrics 1.0 where that is sent.
 *   https://prometheus.io/docs/instrumenting/exposition_formats/
 *   https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md
 * HELP, TYPE and UNIT are passed over like other comments, as Prometheus's own scraper takes them: how a metric is read is
 * said in config/target-metrics.yml. npm has one parser of this format (parse-prometheus-text-format), which is kept no
 * longer, and passes over what it does not understand.
 */

export interface ExpositionSample {
  name: string;
  labels: Record<string, string>;
  value: number;
  /** When it had the value, where the endpoint says so: ms since the epoch. */
  t?: number;
}

/** What was answered is not in the format. One line: where and what. */
export class ExpositionError extends Error {
  override name = 'ExpositionError';
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"((?:[^"\\]|\\[\\"n])*)"[ \t]*(,?)/y;
const BLANKS = /[ \t]*/y;
const VALUE = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf(?:inity)?|nan)$/i;
/** An exemplar, which OpenMetrics allows behind the value: not read. */
const EXEMPLAR = /[ \t]#[ \t]*\{.*$/;
const LONGEST_SHOWN = 60;

/**
 * @param openMetrics whether the answer's type was `application/openmetrics-text`
 * @throws {ExpositionError} at the first line that is not in the format; nothing behind it is given
 */
export function* readExposition(text: string, openMetrics = false): Generator<ExpositionSample> {
  // Every line ends with a line feed: one that does not was cut off, and its value may be.
  if (text !== '' && !text.endsWith('\n')) throw new ExpositionError('cut off: the last line has no end');
  let ended = false;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.replace(/^[ \t]+|[ \t\r]+$/g, '');
    if (ended && line !== '') throw wrong(index, line, 'behind # EOF');
    if (openMetrics && line === '# EOF') ended = true;
    if (line === '' || line.startsWith('#')) continue;
    yield seriesOf(line, index, openMetrics);
  }
  if (openMetrics && !ended) throw new ExpositionError('cut off: there is no # EOF at the end');
}

function seriesOf(line: string, index: number, openMetrics: boolean): ExpositionSample {
  NAME.lastIndex = 0;
  const [name] = NAME.exec(line) ?? [];
  if (name === undefined) throw wrong(index, line, 'no name of a metric');
  const labels: Record<string, string> = {};
  let end = after(BLANKS, line, name.length);
  const hasLabels = line[end] === '{';
  if (hasLabels) end = readLabels(line, end + 1, labels, index);
  const rest = (openMetrics ? line.slice(end).replace(EXEMPLAR, '') : line.slice(end)).trim();
  const [value = '', stamp, ...more] = rest.split(/[ \t]+/);
  const isApart = hasLabels || end > name.length;
  if (!isApart || !VALUE.test(value)) throw wrong(index, line, 'no value');
  if (more.length > 0) throw wrong(index, line, 'more behind the time');
  if (stamp === undefined) return { name, labels, value: numberOf(value) };
  if (!(openMetrics ? /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i : /^-?\d+$/).test(stamp))
    throw wrong(index, line, 'no time');
  // Milliseconds; in OpenMetrics seconds.
  return { name, labels, value: numberOf(value), t: Number(stamp) * (openMetrics ? 1000 : 1) };
}

/** Fills `labels`; gives where the closing brace ends. A comma may stand behind the last label. */
function readLabels(line: string, from: number, labels: Record<string, string>, index: number): number {
  let end = from;
  let found = labelAt(line, from);
  while (found) {
    const [, label = '', escaped = '', comma] = found;
    if (label in labels) throw wrong(index, line, `label ${label} twice`);
    labels[label] = escaped.includes('\\')
      ? escaped.replace(/\\(.)/g, (_, one) => (one === 'n' ? '\n' : one))
      : escaped;
    end += found[0].length;
    found = comma === ',' ? labelAt(line, end) : null;
  }
  end = after(BLANKS, line, end);
  if (line[end] !== '}') throw wrong(index, line, 'labels that do not end');
  return end + 1;
}

function labelAt(line: string, at: number): RegExpExecArray | null {
  LABEL.lastIndex = at;
  return LABEL.exec(line);
}

function after(pattern: RegExp, line: string, from: number): number {
  pattern.lastIndex = from;
  pattern.exec(line);
  return pattern.lastIndex;
}

function numberOf(value: string): number {
  if (/^[+-]?inf/i.test(value))
    return value.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(value); // "NaN" in any case is NaN too
}

function wrong(index: number, line: string, what: string): ExpositionError {
  const shown = line.length > LONGEST_SHOWN ? `${line.slice(0, LONGEST_SHOWN)}…` : line;
  return new ExpositionError(`line ${index + 1}: ${what}: ${shown}`);
}
