import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Interruption, StepFailure } from '../../measure/steps/failure.ts';
import { expect, test } from './measured-page.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

test('a failed step: its name first, a sample with the reason, evidence of the first three', async ({
  measured,
}) => {
  const { page, steps, screen, runDir, of } = measured;
  await page.goto('/changes');
  const missing = page.getByRole('heading', { name: 'Absences Hub' });
  page.setDefaultTimeout(250);
  for (let time = 1; time <= 4; time += 1) {
    const failed = steps.step('open absences, misspelt', () => screen.see(missing));
    const error = await failed.catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(StepFailure);
    expect((error as StepFailure).message).toMatch(/^open absences, misspelt: .*Timeout 250ms.*Absences Hub/);
  }
  const samples = of('step');
  expect(samples).toHaveLength(4);
  for (const sample of samples) {
    expect(sample).toMatchObject({
      name: 'open absences, misspelt',
      ok: false,
      page: '/changes',
      errorKind: 'not-found',
    });
    expect(sample.error).toMatch(/^locator\.\w+: Timeout .*waiting for getByRole/);
    expect(sample.value).toBeGreaterThanOrEqual(250);
  }
  expect(samples[3]?.screenshot).toBeUndefined();
  for (const { screenshot = '', aria = '', har = '' } of samples.slice(0, 3)) {
    expect(screenshot).toMatch(/^artifacts\/open-absences-misspelt-.*\.png$/);
    expect(readFileSync(join(runDir, screenshot)).subarray(0, 4)).toEqual(PNG);
    expect(readFileSync(join(runDir, aria), 'utf8')).toContain('button "Go"');
    expect(JSON.parse(readFileSync(join(runDir, har), 'utf8'))).toMatchObject({ log: { version: '1.2' } });
  }
});

test('after a failed step the next one is measured as if nothing had been', async ({ measured }) => {
  const { page, steps, screen, of } = measured;
  await page.goto('/changes?way=inserted&delay=60');
  await expect(steps.step('fails', () => Promise.reject(new Error('no')))).rejects.toThrow('fails: no');
  await steps.step('works', async () => {
    await page.getByRole('button', { name: 'Go' }).click();
    await screen.see(page.getByText('Came by being inserted'));
  });
  expect(of('step').map(({ name, ok }) => [name, ok])).toEqual([
    ['fails', false],
    ['works', true],
  ]);
  expect(of('step')[1]).toMatchObject({ clock: 'page' });
});

test('what fails between two steps is a failed step too, named after the one before; a failed step is reported once', async ({
  measured,
}) => {
  const { page, steps, of } = measured;
  await page.goto('/changes');
  const first = await steps.failed(new Error('no account'));
  expect(first).toMatchObject({
    step: 'before the first step',
    message: 'before the first step: no account',
  });
  steps.journey = 'request an absence';
  await steps.step('open absences', async () => undefined);
  const between = await steps.failed(new Error('no absence can be added'));
  expect(between).toBeInstanceOf(StepFailure);
  expect(between).toMatchObject({ message: 'after "open absences": no absence can be added' });
  const sample = of('step').at(-1);
  expect(sample).toMatchObject({ name: 'after "open absences"', ok: false, journey: 'request an absence' });
  expect(sample?.screenshot).toMatch(/^artifacts\/after-open-absences-/);
  for (const told of [between, new Interruption()]) expect(await steps.failed(told)).toBe(told);
  expect(of('step')).toHaveLength(3);
  steps.journey = 'view my schedule';
  expect(await steps.failed(new Error('no'))).toMatchObject({ step: 'before the first step' });
});

test('a failed check leaves evidence as a failed step does, before the next step begins, and goes to the runner by name', async ({
  measured,
}) => {
  const { page, steps, runDir, failedChecks, of } = measured;
  await page.goto('/changes');
  steps.journey = 'request an absence';
  steps.check('the form is empty', true);
  steps.check('the list has a row', false, '0 rows');
  steps.check('the total is shown', false);
  await steps.step('go on', () => page.goto('/changes?way=inserted').then(() => undefined));
  await steps.checked();
  const [passed, failed, other] = of('check');
  expect(of('check')).toHaveLength(3);
  expect(passed).toMatchObject({ name: 'the form is empty', ok: true });
  expect(passed?.screenshot).toBeUndefined();
  const about = { ok: false, errorKind: 'check', page: '/changes', journey: 'request an absence' };
  expect(failed).toMatchObject({ ...about, name: 'the list has a row', error: '0 rows' });
  expect(other).toMatchObject({ ...about, name: 'the total is shown' });
  expect(failed?.screenshot).toMatch(/^artifacts\/the-list-has-a-row-/);
  expect(readFileSync(join(runDir, failed?.screenshot ?? '')).subarray(0, 4)).toEqual(PNG);
  expect(readFileSync(join(runDir, failed?.aria ?? ''), 'utf8')).toContain('button "Go"');
  expect(failedChecks).toEqual(['the list has a row: 0 rows', 'the total is shown']);
});

test('when the run is ended, the step under way is interrupted at once, and no other begins', async ({
  measured,
}) => {
  const { page, steps, screen, stopping, of } = measured;
  await page.goto('/changes');
  const begun = performance.now();
  setTimeout(() => stopping.abort(), 200);
  const never = steps.step('wait for what never comes', () => screen.see(page.getByText('never')));
  await expect(never).rejects.toThrow(Interruption);
  expect(performance.now() - begun).toBeLessThan(3000);
  await expect(steps.step('one more', async () => undefined)).rejects.toThrow(Interruption);
  expect(of('step')).toHaveLength(1);
  expect(of('step')[0]).toMatchObject({ ok: false, interrupted: true });
  expect(of('step')[0]?.error).toBeUndefined();
});

test('a step inside of a step is a mistake of the journey', async ({ measured }) => {
  const { steps, page } = measured;
  await page.goto('/changes');
  const nested = steps.step('outer', () => steps.step('inner', async () => undefined));
  await expect(nested).rejects.toThrow('step "inner" was begun inside another step');
});
