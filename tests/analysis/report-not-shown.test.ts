/** What a run cannot show is said in its overview, with the command that does; names and counts of failures are said once. */
import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import { html } from '../../analysis/report/html.ts';
import { notShownSection } from '../../analysis/report/not-shown-section.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import { healthySamples, runDirectory, runJson, temporaryDirectory } from './synthetic-run.ts';

const BASELINE = 'compared with no baseline';
const CAPACITY = 'npx loadtest run capacity';

test('a run without baseline and capacity says that it cannot know; one with a comparison says it of capacity alone', async () => {
  const runDir = runDirectory(runJson(), healthySamples());
  await conclude(runDir);
  const alone = readFileSync(join(runDir, 'index.html'), 'utf8');
  assert.ok(alone.includes(BASELINE) && alone.includes(CAPACITY));
  await conclude(runDir, { added: () => ({ id: 'since', title: 'Since', drawn: html`<p>Same.</p>` }) });
  const compared = readFileSync(join(runDir, 'index.html'), 'utf8');
  assert.ok(!compared.includes(BASELINE) && compared.includes(CAPACITY));
});

test('a run that found how many users the target carries leaves nothing open, where it was compared', () => {
  const found = { findings: { 'capacity.users': { value: 40 } } } as unknown as Summary;
  assert.equal(notShownSection(found, true), '');
  const { body } = notShownSection(found, false) || {};
  assert.ok(body?.text.includes(BASELINE) && !body.text.includes(CAPACITY));
});

test('what never worked is named, and no name says twice over which client it was', async () => {
  const runDir = temporaryDirectory();
  cpSync(join(import.meta.dirname, 'recorded/smoke'), runDir, { recursive: true });
  await conclude(runDir);
  const page = readFileSync(join(runDir, 'index.html'), 'utf8');
  assert.match(
    page,
    /never worked \(3 of 3 failed\)[^<]*\. Failed each time too: (?:(?:step|journey|call) “[^”]+” \(\d of \d\), ){5}and 3 more\./,
  );
  assert.doesNotMatch(page, /over HTTP[^<]*<small>over HTTP/);
  assert.doesNotMatch(page, /failed[^<]*<span class="count">failed/);
});
