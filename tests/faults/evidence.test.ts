/** A failure leaves evidence, and no evidence holds a secret. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { readZip } from '../../measure/evidence/zip.ts';
import { finishedRun, startPerf, temporaryFolder } from '../artillery/suite-process.ts';
import { copyProject, replaceOnce } from './project-copy.ts';
import { startTarget } from './target.ts';

/** Every file below a folder, archives unpacked: its name and its text. */
function* texts(folder: string): Generator<[name: string, text: string]> {
  for (const file of globSync('**/*', { cwd: folder })) {
    const path = join(folder, file);
    if (!statSync(path).isFile()) continue;
    const content = readFileSync(path);
    if (file.endsWith('.gz')) yield [file, gunzipSync(content).toString('latin1')];
    else if (!file.endsWith('.zip')) yield [file, content.toString('latin1')];
    else
      for (const entry of readZip(content)) yield [`${file}/${entry.name}`, entry.content.toString('latin1')];
  }
}

it('a failed perf test leaves picture, page, requests and trace, and no file in the run directory holds a secret', async (t) => {
  const folder = temporaryFolder(t);
  const { scheduler, settings } = await startTarget(t, folder);
  const copy = copyProject(t);
  replaceOnce(copy, 'flows/pages/call-hub.ts', "name: 'Call Hub'", "name: 'Call Hbu'");
  replaceOnce(copy, 'playwright.config.ts', 'actionTimeout: 20_000', 'actionTimeout: 2_000');
  const perf = startPerf(['--grep', 'look who is on call'], { ...settings, THINK: '0', REPEAT: '4' }, copy);
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
  const trace = readZip(readFileSync(join(runDir, group?.trace as string)));
  const lines = trace.filter(({ name }) => /\.(trace|network)$/.test(name));
  assert.ok(lines.length > 0);
  for (const { content } of lines) {
    for (const line of content.toString('utf8').split('\n').filter(Boolean)) JSON.parse(line);
  }

  const password = scheduler.accounts[0]?.password ?? '';
  const secrets = [password, encodeURIComponent(password), 'eyJhbGci', 'Rounds-at'];
  let looked = 0;
  for (const [name, text] of texts(runDir)) {
    looked += 1;
    for (const secret of secrets) assert.ok(!text.includes(secret), `${name} holds ${secret}`);
    assert.doesNotMatch(text, /Bearer\s+(?!\(hidden\))[\w-]{8,}/, name);
  }
  assert.ok(looked > 30, `${looked} files and entries`);
  // Playwright's own copy of the trace is not left beside the run either.
  for (const [name, text] of texts(join(copy, '.cache/playwright'))) {
    assert.ok(!text.includes(password), `${name} holds the password`);
  }
});
