/**
 * `junit.xml`: each gate, and each reason that makes a run invalid, as one test case, so that CI shows them.
 * Format: https://github.com/testmoapp/junitxml (JUnit has no standard of its own).
 */
import type { GateResult } from '../summary/gate-result.ts';
import type { Summary } from '../summary/summary.ts';
import { headlineText } from './verdict-words.ts';

export function junit(summary: Summary): string {
  const gates = summary.gates.map(gateCase);
  const { verdict, reasons, run, id } = summary;
  const validity = testCase(
    'the run is valid',
    'validity',
    verdict === 'invalid'
      ? `<error message="${xml(reasons[0] ?? '')}">${xml(reasons.join('\n'))}</error>`
      : '',
  );
  const unexcused = summary.knownDefects
    .filter((defect) => !defect.excused)
    .map((defect) =>
      testCase(
        `known defect ${defect.name}`,
        'known defects',
        failure(`seen ${defect.count} times, not excused`),
      ),
    );
  const cases = [validity, ...gates, ...unexcused];
  const failures = summary.gates.filter((gate) => gate.verdict === 'fail').length + unexcused.length;
  const totals = `tests="${cases.length}" failures="${failures}" errors="${verdict === 'invalid' ? 1 : 0}" time="${summary.durationSeconds.toFixed(3)}"`;
  const name = xml(`${run.profiles.join(' + ')}: ${headlineText(summary.headline)}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${xml(id)}" ${totals}>
<testsuite name="${name}" timestamp="${xml(run.start.slice(0, 19))}" ${totals}>
${cases.join('\n')}
</testsuite>
</testsuites>
`;
}

/** A warning passes in CI: the case's output has it. */
function gateCase(gate: GateResult): string {
  const detail = gate.why ? `${gate.message}\n${gate.why}` : gate.message;
  const body =
    gate.verdict === 'fail' ? failure(gate.message, detail) : `<system-out>${xml(detail)}</system-out>`;
  return testCase(`${gate.metric} ${gate.expected}`, `gates.${gate.level}`, body);
}

function testCase(name: string, className: string, body: string): string {
  return `<testcase name="${xml(name)}" classname="${xml(className)}" time="0">${body}</testcase>`;
}

function failure(message: string, detail = message): string {
  return `<failure message="${xml(message)}">${xml(detail)}</failure>`;
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function xml(value: string): string {
  return value
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
