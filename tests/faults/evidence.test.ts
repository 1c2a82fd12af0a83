/** A failure leaves evidence, and no evidence holds a secret. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { readZip } from '../../measure/evidence/zip.ts';
import type { EmbeddedScheduler } from '../../measure/target/embedded.ts';
import {
  finishedRun,
  startArtillery,
  startPerf,
  temporaryFolder,
  writeProfile,
} from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';
import { RESIDENTS_IN_BROWSERS, RESIDENTS_OVER_HTTP } from './scenarios.ts';
import { setFaults, startTarget } from './target.ts';
import { texts } from './texts.ts';

/** No file of a run, archives unpacked, holds a password of these accounts, a token or a cookie of the scheduler. */
function assertNoSecret(runDir: string, { accounts }: EmbeddedScheduler): void {
  const passwords = [...new Set(accounts.map(({ password }) => password))];
  assert.ok(passwords.length > 0);
  const secrets = passwords.flatMap((password) => [
    password,
    JSON.stringify(password).slice(1, -1),
    encodeURIComponent(password),
    new URLSearchParams({ password }).toString(),
    Buffer.from(password).toString('base64'),
    Buffer.from(password).toString('hex'),
    // A part of it is too much too.
    password.slice(0, 9),
  ]);
  const shapes = [
    // A token of the scheduler, RFC 7519, plain and in base64: the header's first bytes.
    /eyJ[\w-]{8,}/,
    /ZXlK[\w-]{8,}/,
    /Bearer\s+(?!\(hidden\))[\w-]{8,}/,
    /"(?:access|refresh)_token\\*",\s*\\*"value\\*":\s*\\*"(?!\(hidden\))./,
    /(?:access|refresh)_token=(?!\(hidden\))\w/,
  ];
  let looked = 0;
  for (const [name, text] of texts(runDir)) {
    looked += 1;
    for (const secret of secrets) assert.ok(!text.includes(secret), `${name} holds ${secret}`);
    for (const shape of shapes) assert.equal(shape.exec(text)?.[0], undefined, `${name} matches ${shape}`);
  }
  assert.ok(looked > 30, `${looked} files and entries`);
}

/** A trace can be opened: its lines are JSON, its pictures and snapshots are there. Gives what was done in it. */
function actionsOf(file: string): string[] {
  const entries = readZip(readFileSync(file));
  const lines = entries
    .filter(({ name }) => /\.(trace|network)$/.test(name))
    .flatMap(({ content }) => content.toString('utf8').split('\n').filter(Boolean))
    .map((line) => JSON.parse(line) as { type: string; method?: string });
  for (const type of ['context-options', 'frame-snapshot', 'screencast-frame', 'resource-snapshot'])
    assert.ok(
      lines.some((line) => line.type === type),
      `${file} has no ${type}`,
    );
  assert.ok(
    entries.some(({ name }) => /\.jpeg$/.test(name)),
    `${file} has no picture`,
  );
  return lines.filter(({ type }) => type === 'before').map(({ method = '' }) => method);
}

it('a failed perf test leaves picture, page, requests and trace, and no file in the run directory holds a secret', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  const copy = copyProject(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "name: 'Call Hub'", "name: 'Call Hbu'");
  replaceOnce(copy, 'config/browser-context.ts', 'ACTION_TIMEOUT_MS = 20_000', 'ACTION_TIMEOUT_MS = 2_000');
  const perf = startPerf(['--grep', 'view the call roster'], { ...settings, THINK: '0', REPEAT: '4' }, copy);
  // On a busy machine packing four traces may make the run invalid (3); it is red in either case.
  assert.ok([1, 3].includes((await perf.ended).code ?? 0), perf.output);
  const { runDir, summary, samples } = finishedRun(join(folder, 'reports'));

  const [group] = summary.errors.filter(({ kind }) => kind === 'step');
  assert.equal(group?.count, 4);
  for (const file of [group?.screenshot, group?.aria, group?.har, group?.trace]) {
    assert.ok(file && statSync(join(runDir, file)).size > 0, `${file} of ${JSON.stringify(group)}`);
  }
  const withEvidence = samples.filter((sample) => sample.kind === 'step' && sample.har);
  assert.equal(withEvidence.length, 3, 'of one distinct error three are kept');
  actionsOf(join(runDir, group?.trace as string));
  assertNoSecret(runDir, scheduler);
  // Playwright's own copy of the trace is not left beside the run either.
  for (const [name, text] of texts(join(copy, '.cache/playwright'))) {
    assert.ok(!text.includes(scheduler.accounts[0]?.password ?? ''), `${name} holds the password`);
  }
});

it('under load with TRACE=all each distinct error has its traces, more than five in all, and HTTP sessions their HARs', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  await setFaults(scheduler.url, [{ route: 'POST /api/v1/absences', errorRate: 1 }]);
  const copy = copyProject(t);
  // Each session has an error of its own: seven that are not the same.
  const next = "'-abcdefg'[(globalThis.failed = (globalThis.failed ?? 0) + 1)]";
  const seen = '    await this.#seeRoster();\n  }\n\n  async nextMonth';
  replaceOnce(
    copy,
    'flows/pages/call-hub.ts',
    seen,
    `    throw new Error('no ' + ${next});\n  }\n\n  async nextMonth`,
  );
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const profile = {
    phases: [{ name: 'steady', duration: 11, arrivalCount: 11 }],
    scenarios: [
      { ...RESIDENTS_IN_BROWSERS, weight: 7, journeys: ['view the call roster'] },
      { ...RESIDENTS_OVER_HTTP, weight: 4, journeys: ['request and withdraw an absence over HTTP'] },
    ],
  };
  const artillery = startArtillery(
    writeProfile(folder, profile, copy),
    { ...settings, THINK: '0', JOURNEYS: '1', TRACE: 'all', TMPDIR: temporary },
    copy,
  );
  assert.ok([1, 3].includes((await artillery.ended).code ?? 0), artillery.output);
  const { runDir, summary, samples } = finishedRun(join(folder, 'reports'));

  const steps = summary.errors.filter(({ kind }) => kind === 'step');
  assert.equal(steps.length, 7, JSON.stringify(summary.errors, null, 1));
  for (const { har, trace = '' } of steps) {
    assert.equal(trace.replace('-trace.zip', '.har'), har);
    const actions = actionsOf(join(runDir, trace));
    // From sign-in to the failure.
    assert.ok(actions.includes('fill') && actions.includes('waitForSelector'), actions.join(' '));
  }
  const failed = summary.errors.find(({ name }) => name === 'journey failed');
  assert.equal(failed?.count, 4);
  assert.match(failed?.har ?? '', /^artifacts\/absences-create-.*\.har$/);
  const kept = samples.filter((sample) => sample.kind === 'error' && sample.har);
  assert.equal(kept.length, 3, 'of one distinct error three are kept');
  const report = readFileSync(join(runDir, 'index.html'), 'utf8');
  for (const file of [failed?.har, ...steps.map(({ trace }) => trace)])
    assert.ok(report.includes(`href="${file}"`), `${file} is linked`);

  assert.match(report, /Traced, and so slower<\/dt><dd>every browser session/);

  assertNoSecret(runDir, scheduler);
  // What Playwright recorded unmasked is gone.
  assert.deepEqual(
    readdirSync(temporary).filter((name) => /trac|playwright/.test(name)),
    [],
  );
  assert.deepEqual(await artillery.leftBehind(), []);
});
