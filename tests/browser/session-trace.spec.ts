import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processEnv, setProcessEnv } from '../../config/environment.ts';
import { SessionTrace } from '../../measure/evidence/session-trace.ts';
import { readZip } from '../../measure/evidence/zip.ts';
import { test as base, expect } from './measured-page.ts';

const SECRET = 'Rounds at "07:00"';

/** `kept`: for traces. `temporary`: where this process makes its temporary files. */
const test = base.extend<{ folders: { kept: string; temporary: string } }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it depends on, none here
  folders: async ({}, use) => {
    const kept = mkdtempSync(join(tmpdir(), 'kept-'));
    const temporary = join(kept, 'temporary');
    mkdirSync(temporary);
    const before = processEnv('TMPDIR');
    setProcessEnv({ TMPDIR: temporary });
    await use({ kept, temporary });
    setProcessEnv({ TMPDIR: before });
    rmSync(kept, { recursive: true });
  },
});

/** Names of what was done, in order, in a kept trace; throws for a line that is not JSON. */
function actionsOf(file: string): string[] {
  const [trace] = readZip(readFileSync(file)).filter(({ name }) => name === 'trace.trace');
  const lines = trace?.content.toString('utf8').split('\n').filter(Boolean) ?? [];
  const events = lines.map((line) => JSON.parse(line) as { type: string; method?: string });
  return events.filter(({ type }) => type === 'before').map(({ method = '' }) => method);
}

function holdsSecret(file: string): boolean {
  return readZip(readFileSync(file)).some(({ content }) => content.includes('Rounds at'));
}

test('each failure of a session leaves what led to it, masked, and nothing else', async ({
  page,
  folders,
}) => {
  const trace = await SessionTrace.start(page.context(), [SECRET]);
  await page.setContent('<label>Password <input></label>');
  await page.getByLabel('Password').fill(SECRET);
  const first = join(folders.kept, 'first.zip');
  await trace.keep(first);
  await page.getByLabel('Password').press('Enter');
  const second = join(folders.kept, 'second.zip');
  await trace.keep(second);
  await trace.stop();

  expect(actionsOf(first)).toEqual(['setContent', 'fill']);
  expect(actionsOf(second)).toEqual(['press']);
  expect([holdsSecret(first), holdsSecret(second)]).toEqual([false, false]);
  expect(readdirSync(folders.temporary)).toEqual([]);
});

test('what is no secret of the session is in its trace as it was typed', async ({ page, folders }) => {
  const trace = await SessionTrace.start(page.context(), ['another']);
  await page.setContent('<label>Note <input></label>');
  await page.getByLabel('Note').fill(SECRET);
  await trace.keep(join(folders.kept, 'kept.zip'));
  expect(holdsSecret(join(folders.kept, 'kept.zip'))).toBe(true);
});

test('a trace that is not written in time leaves no file, masked or not, and does not end the session', async ({
  page,
  folders,
}) => {
  const trace = await SessionTrace.start(page.context(), [SECRET]);
  await page.setContent(`<p>${SECRET}</p>`);
  await expect(trace.keep(join(folders.kept, 'late.zip'), 1)).rejects.toThrow('not written within 0.001 s');
  await page.setContent('<p>the user goes on</p>');
  // Playwright may still be packing: it is over when the recording can be ended.
  await expect(async () => trace.stop()).toPass();
  await expect(async () => expect(readdirSync(folders.temporary)).toEqual([])).toPass();
  expect(readdirSync(folders.kept)).toEqual(['temporary']);
});
