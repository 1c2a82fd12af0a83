/** The text that Prometheus endpoints answer with: what the format's specification has, and what is not in it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readExposition } from '../../measure/target/metrics/exposition.ts';

const read = (text: string, openMetrics = false) => [...readExposition(text, openMetrics)];

/** Each kind of line that the specification describes, in its own spelling. */
const TEXT = String.raw`# HELP requests_total The total number of requests. A backslash \\ and a \n in it.
# TYPE requests_total counter
requests_total{method="post",code="200"} 1027 1395066363000
requests_total{method="post",code="400"}    3 1395066363000

# Escaping in label values:
file_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9
# no name that means anything, tabs, and a comma behind the last label
  	minimal	12.47  
trailing { a = "b" , } 5
weird{problem="division by zero, # {not a comment}"} +Inf -3982045
holes NaN
low -Inf
# TYPE seconds histogram
seconds_bucket{le="0.05"} 24054
seconds_bucket{le="+Inf"} 144320
seconds_sum 5.3423e+04
seconds_count 144320
ns:rule:rate5m{label_1=""} .5
`;

test('text format 0.0.4: names, labels, escapes, blanks, values, times', () => {
  assert.deepEqual(read(TEXT), [
    { name: 'requests_total', labels: { method: 'post', code: '200' }, value: 1027, t: 1395066363000 },
    { name: 'requests_total', labels: { method: 'post', code: '400' }, value: 3, t: 1395066363000 },
    {
      name: 'file_seconds',
      labels: { path: 'C:\\DIR\\FILE.TXT', error: 'Cannot find file:\n"FILE.TXT"' },
      value: 1458255915,
    },
    { name: 'minimal', labels: {}, value: 12.47 },
    { name: 'trailing', labels: { a: 'b' }, value: 5 },
    {
      name: 'weird',
      labels: { problem: 'division by zero, # {not a comment}' },
      value: Number.POSITIVE_INFINITY,
      t: -3982045,
    },
    { name: 'holes', labels: {}, value: Number.NaN },
    { name: 'low', labels: {}, value: Number.NEGATIVE_INFINITY },
    { name: 'seconds_bucket', labels: { le: '0.05' }, value: 24054 },
    { name: 'seconds_bucket', labels: { le: '+Inf' }, value: 144320 },
    { name: 'seconds_sum', labels: {}, value: 53423 },
    { name: 'seconds_count', labels: {}, value: 144320 },
    { name: 'ns:rule:rate5m', labels: { label_1: '' }, value: 0.5 },
  ]);
  assert.deepEqual(read(''), []);
  assert.deepEqual(read('up 1\r\n'), [{ name: 'up', labels: {}, value: 1 }]);
});

test('OpenMetrics: times in seconds, exemplars, an end that must be there', () => {
  const text = `# TYPE foo counter
# UNIT foo seconds
foo_total{a="x # {y}"} 17.0 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.7
foo_created 1520430000.123
# EOF
`;
  assert.deepEqual(read(text, true), [
    { name: 'foo_total', labels: { a: 'x # {y}' }, value: 17, t: 1520879607789 },
    { name: 'foo_created', labels: {}, value: 1520430000.123 },
  ]);
  assert.throws(() => read(text.replace('# EOF\n', ''), true), /cut off: there is no # EOF/);
  assert.throws(() => read(`${text}more 1\n`, true), /line 6: behind # EOF: more 1/);
  assert.throws(() => read(text), /line 3: no time|more behind/, 'it is not the older format');
});

const BAD: Array<[line: string, says: RegExp]> = [
  ['<!doctype html>', /line 2: no name of a metric: <!doctype html>$/],
  ['{"status":"ok"}', /no name of a metric/],
  ['1up 1', /no name/],
  ['up', /no value/],
  ['up{} ', /no value/],
  ['up one', /no value/],
  ['up 1,5', /no value/],
  ['up 0x', /no value/],
  ['up"1"', /no value/],
  ['up 1 1.5', /no time/],
  ['up 1 soon', /no time/],
  ['up 1 1395066363000 3', /more behind the time/],
  ['up{a="b"', /labels that do not end/],
  ['up{a="b" c="d"} 1', /labels that do not end/],
  ['up{a=b} 1', /labels that do not end/],
  ['up{,} 1', /labels that do not end/],
  ['up{a="\\t"} 1', /labels that do not end/],
  ['up{1a="b"} 1', /labels that do not end/],
  ['up{a="b",a="c"} 1', /label a twice/],
  [`up{a="${'x'.repeat(200)}"} no`, /no value: up\{a="x+…$/],
];

for (const [line, says] of BAD) {
  test(`not in the format: ${line.slice(0, 40)}`, () => {
    assert.throws(() => read(`fine 1\n${line}\n`), says);
  });
}

test('an answer that was cut off in a value is not taken for a smaller value', () => {
  assert.throws(() => read('requests_total 10\nrequests_total{a="b"} 12'), /cut off/);
});
