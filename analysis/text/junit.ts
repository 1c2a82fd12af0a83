/**
 * `junit.xml`: each gate, and each other reason of the verdict, as one test case, so that CI shows them.
 * Format: https://github.com/testmoapp/junitxml (JUnit has no standard of its own).
 */
import { visible } from '../../config/visible-text.ts';
import type { GateResult } from '../summary/gate-result.ts';
import type { ReasonCode } from '../summary/reason.ts';
import type { Summary } from '../summary/summary.ts';
import { headlineText } from './verdict-words.ts';

type ReasonDetail = Summary['reasonDetails'][number];

/** Reasons that gates stand for; notes on limits are such gates too. */
const OF_GATES: readonly ReasonCode[] = ['gate-failed', 'gate-inconclusive'];

export function junit(summary: Summary): string {
  const gates = summary.gates.map(gateCase);
  const { verdict, run, id } = summary;
  const invalid = summary.reasonDetails.filter((reason) => reason.verdict === 'invalid');
  const validity = testCase('the run is valid', 'validity', invalid.length === 0 ? '' : error(invalid));
  const others = summary.reasonDetails.filter(
    ({ code, verdict: asks }) => asks !== 'invalid' && !OF_GATES.includes(code),
  );
  // CI shows the first: what failed first is more to go on than a limit that it broke.
  const cases = [validity, ...others.map(reasonCase), ...gates];
  const failures = [...summary.gates, ...others].filter((one) => one.verdict === 'fail').length;
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

function reasonCase(reason: ReasonDetail): string {
  const { code, text, verdict } = reason;
  const name = 'name' in reason ? `${words(code)}: ${reason.name}` : words(code);
  return testCase(
    name,
    `reasons.${verdict}`,
    verdict === 'fail' ? failure(text) : `<system-out>${xml(text)}</system-out>`,
  );
}

function words(code: ReasonCode): string {
  return code.replaceAll('-', ' ');
}

function testCase(name: string, className: string, body: string): string {
  return `<testcase name="${xml(name)}" classname="${xml(className)}" time="0">${body}</testcase>`;
}

function error(reasons: readonly ReasonDetail[]): string {
  const texts = reasons.map(({ text }) => text);
  return `<error message="${xml(texts[0] ?? '')}">${xml(texts.join('\n'))}</error>`;
}

function failure(message: string, detail = message): string {
  return `<failure message="${xml(message)}">${xml(detail)}</failure>`;
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function xml(value: string): string {
  return visible(value)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
