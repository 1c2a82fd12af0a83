/** Every output of a run gives the same verdict, whichever verdict it is and whatever it came from. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { verdictLine } from '../../analysis/text/verdict-line.ts';
import { VERDICT_WORDS } from '../../analysis/text/verdict-words.ts';
import type { RunJson, Verdict } from '../../measure/run/run.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START, temporaryDirectory } from './synthetic-run.ts';

interface Case {
  what: string;
  samples?: Sample[];
  run?: Partial<RunJson>;
  thresholds?: string;
  knownDefects?: string;
  verdict: Verdict;
  exitCode: Summary['exitCode'];
  /** Of the first reason. */
  code?: string;
  /** How many there are, where that counts. */
  notes?: number;
}

const failing = healthySamples().map(
  (sample): Sample => (sample.kind === 'request' ? { ...sample, ok: false, status: 500 } : sample),
);
const event = (name: string, data: object) =>
  [...healthySamples(), { t: START + 20_000, kind: 'event', name, data }] as Sample[];
const endedEarly = (by: string, why: string) => event('run-ended-early', { by, why });
const DEFECT = '- { name: a page of errors, reason: r, source: s, until: 2026-11-22 }\n';
const limit = (level: string) => `smoke:\n  metrics:\n    class.crud.p50: [${level}, 1]\n`;

const CASES: Case[] = [
  { what: 'a healthy run', verdict: 'pass', exitCode: 0 },
  {
    what: 'a limit of level warn',
    thresholds: limit('warn'),
    verdict: 'warn',
    exitCode: 0,
    code: 'gate-failed',
  },
  {
    what: 'too few samples for a limit that is broken',
    thresholds: 'smoke:\n  metrics:\n    request.auth.login.p95: [error, 9]\n',
    verdict: 'warn',
    exitCode: 0,
    code: 'gate-inconclusive',
  },
  {
    what: 'too few samples for limits that nothing speaks against',
    thresholds:
      'smoke:\n  metrics:\n    class.crud.p50: [error, 900]\n    request.auth.login.p95: [error, 900]\n    steps.errorRate: [error, 0.01]\n',
    verdict: 'pass',
    exitCode: 0,
    notes: 2,
  },
  {
    what: 'limits none of which had enough samples',
    thresholds:
      'smoke:\n  metrics:\n    request.auth.login.p95: [error, 900]\n    steps.errorRate: [error, 0.01]\n',
    verdict: 'warn',
    exitCode: 0,
    code: 'nothing-proved',
    notes: 2,
  },
  {
    what: 'limits that only the health of target and pages is within',
    thresholds: 'smoke:\n  metrics:\n    request.auth.login.p95: [error, 900]\n    pages.lost: [error, 0]\n',
    verdict: 'warn',
    exitCode: 0,
    code: 'nothing-proved',
  },
  {
    what: 'a perf test that its environment does not allow',
    samples: event('journey-skipped', { journey: 'manage users', why: 'changes users' }),
    verdict: 'pass',
    exitCode: 0,
  },
  {
    what: 'perf tests none of which was run',
    samples: event('journey-skipped', { journey: 'manage users', why: 'changes users' }).filter(
      ({ name }) => name === 'journey-skipped' || name === 'generator',
    ),
    run: { runner: 'playwright', profiles: ['perf'], plan: { phases: [], mix: [], seed: 1 } },
    verdict: 'invalid',
    exitCode: 3,
    code: 'no-sessions',
  },
  {
    what: 'users who waited for their sign-in',
    samples: event('sign-in-paced', { ms: 24_000 }),
    verdict: 'warn',
    exitCode: 0,
  },
  {
    what: 'a limit of level error',
    thresholds: limit('error'),
    verdict: 'fail',
    exitCode: 1,
    code: 'gate-failed',
  },
  { what: 'requests that fail', samples: failing, verdict: 'fail', exitCode: 1, code: 'first-failure' },
  {
    what: 'a run that no limit judges, every request of which fails',
    samples: failing,
    thresholds: 'load:\n  metrics:\n    class.crud.p50: [error, 1]\nsmoke:\n  primary: [class.crud.p50]\n',
    verdict: 'fail',
    exitCode: 1,
    code: 'no-gates',
  },
  {
    what: 'a run whose limits are all off',
    thresholds: 'smoke:\n  metrics:\n    class.crud.p50: [off, 1]\n',
    verdict: 'fail',
    exitCode: 1,
    code: 'no-gates',
  },
  {
    what: 'a run that a limit ended',
    samples: endedEarly('threshold', 'class.crud.p95 was above 300 ms for 30 s'),
    run: { ended: 'stopped-by-threshold' },
    verdict: 'fail',
    exitCode: 1,
    code: 'stopped-by-threshold',
  },
  {
    what: 'a run that a limit ended, whose file of samples does not say which',
    run: { ended: 'stopped-by-threshold' },
    verdict: 'fail',
    exitCode: 1,
    code: 'stopped-by-threshold',
  },
  {
    what: 'a known defect after its date',
    samples: event('known-defect', { defect: 'a page of errors' }),
    knownDefects: DEFECT,
    verdict: 'fail',
    exitCode: 1,
    code: 'known-defect-expired',
  },
  {
    what: 'a known defect that no list has',
    samples: event('known-defect', { defect: 'unheard of' }),
    verdict: 'fail',
    exitCode: 1,
    code: 'known-defect-unlisted',
  },
  { what: 'no samples', samples: [], verdict: 'invalid', exitCode: 3, code: 'no-samples' },
  {
    what: 'a target that died, and requests that fail',
    samples: [...failing, ...event('target-died', { how: 'exited' }).slice(-1)],
    run: { ended: 'target-died' },
    verdict: 'invalid',
    exitCode: 3,
    code: 'target-died',
  },
  {
    what: 'a target that died, and a file of samples that does not say so',
    run: { ended: 'target-died' },
    verdict: 'invalid',
    exitCode: 3,
    code: 'target-died',
  },
  ...(['target-unresponsive', 'recording-failed', 'profile-lost', 'worker-lost'] as const).map(
    (ended): Case => ({
      what: `a run that ended as ${ended}, and a file of samples that does not say so`,
      run: { ended },
      verdict: 'invalid',
      exitCode: 3,
      code: ended,
    }),
  ),
  {
    what: 'a generator that ended the run',
    samples: endedEarly('generator', 'the generator was saturated'),
    verdict: 'invalid',
    exitCode: 3,
    code: 'ended-by-generator',
  },
  {
    what: 'a killed run',
    run: { ended: undefined, end: undefined },
    verdict: 'invalid',
    exitCode: 3,
    code: 'killed',
  },
  {
    what: 'an interrupted run',
    run: { ended: 'interrupted' },
    verdict: 'warn',
    exitCode: 130,
    code: 'interrupted',
  },
  {
    what: 'an interrupted run that failed',
    samples: failing,
    run: { ended: 'interrupted' },
    verdict: 'fail',
    exitCode: 130,
    code: 'first-failure',
  },
];

for (const {
  what,
  verdict,
  exitCode,
  code,
  notes,
  samples = healthySamples(),
  run = {},
  ...files
} of CASES) {
  test(`${what}: ${verdict} in every output, exit ${exitCode}`, async () => {
    const dir = runDirectory(runJson(run), samples);
    const given = await conclude(dir, written(files));
    const read = (file: string) => readFileSync(join(dir, file), 'utf8');
    const { reasons, gates } = given.summary;
    assert.deepEqual([given.verdict, given.exitCode], [verdict, exitCode], reasons.join('\n'));
    if (code !== undefined) assert.equal(given.summary.reasonDetails[0]?.code, code);

    const summary = JSON.parse(read('summary.json')) as Summary;
    assert.deepEqual(
      [summary.verdict, summary.headline.verdict, summary.exitCode, summary.reasons],
      [verdict, verdict, exitCode, reasons],
    );
    const facts = JSON.parse(read('run.json')) as RunJson;
    assert.deepEqual([facts.verdict, facts.reasons], [verdict, reasons]);

    const words = `${VERDICT_WORDS[verdict]}: `;
    const [, terminal = ''] = verdictLine(given.summary, given.reportPath).split('\n');
    assert.ok(terminal.startsWith(words), terminal);
    const [heading = ''] = read('summary.md').split('\n');
    assert.ok(heading.includes(` ${words}`), heading);
    const page = read('index.html');
    assert.ok(page.includes(`<section class="verdict ${verdict}"`), 'the colour of the report');
    assert.ok(page.slice(page.indexOf('<h1')).includes(`${VERDICT_WORDS[verdict]}</span>`), 'its heading');

    const junit = read('junit.xml');
    const told = verdictLine(given.summary, given.reportPath);
    const outcomes = ['passed', 'failed', 'inconclusive'] as const;
    const [passed, failed, undecided] = outcomes.map(
      (outcome) => gates.filter((gate) => gate.outcome === outcome).length,
    );
    if (verdict !== 'invalid') {
      const counted = `${passed} ${passed === 1 ? 'gate' : 'gates'} passed, ${failed} failed, ${undecided} undecided`;
      for (const output of [told, heading, page.slice(page.indexOf('<h1')), junit])
        assert.ok(output.includes(counted), counted);
    }
    if (notes !== undefined) assert.equal(given.summary.notes.length, notes);
    for (const { text: note } of given.summary.notes) {
      const standsIn = { told, markdown: read('summary.md'), page };
      for (const [output, text] of Object.entries(standsIn))
        assert.ok(text.includes(note), `${output}: ${note}`);
    }

    const count = (pattern: RegExp) => junit.match(pattern)?.length ?? 0;
    const failures = count(/<failure /g);
    const errors = count(/<error /g);
    assert.equal(errors > 0, verdict === 'invalid', 'errors in junit.xml');
    if (verdict !== 'invalid') assert.equal(failures > 0, verdict === 'fail', 'failures in junit.xml');
    const totals = `tests="${count(/<testcase /g)}" failures="${failures}" errors="${errors}"`;
    assert.equal(junit.split(totals).length - 1, 2, totals);
    assert.ok(junit.includes(`: ${words}`), 'its name');
    // Each reason stands in it, as what it means for the run.
    const text = unescaped(junit);
    const own = given.summary.reasonDetails.filter(({ code: one }) => !/^gate-/.test(one));
    for (const { text: reason, verdict: asks } of own) {
      const [, inElement = ''] = /<error [^>]*>([\s\S]*?)<\/error>/.exec(text) ?? [];
      const stands = {
        invalid: inElement.split('\n').includes(reason),
        fail: text.includes(`<failure message="${reason}"`),
        warn: text.includes(`<system-out>${reason}</system-out>`),
      };
      assert.ok(stands[asks], `${asks}: ${reason}`);
    }
    assert.equal(
      failures,
      gates.filter((gate) => gate.verdict === 'fail').length +
        own.filter((one) => one.verdict === 'fail').length,
    );
  });
}

function written(files: Pick<Case, 'thresholds' | 'knownDefects'>): Record<string, string> {
  const dir = temporaryDirectory();
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => {
      writeFileSync(join(dir, name), text);
      return [name, join(dir, name)];
    }),
  );
}

function unescaped(xml: string): string {
  return xml
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
