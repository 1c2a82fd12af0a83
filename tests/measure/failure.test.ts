import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstLine } from '../../measure/errors/foreign-texts.ts';
import { Interruption, isInterruption, StepFailure } from '../../measure/steps/failure.ts';

/** As Playwright 1.62 words it, colours included. */
const TIMEOUT = [
  'locator.waitFor: Timeout 20000ms exceeded.',
  'Call log:',
  "\u001b[2m  - waiting for getByRole('heading', { name: 'Absences Hub' }) to be visible\u001b[22m",
  '',
].join('\n');

test('a failed step says its name first, then what it waited for', () => {
  const failure = new StepFailure('open absences', new Error(TIMEOUT));
  assert.equal(
    failure.message,
    "open absences: locator.waitFor: Timeout 20000ms exceeded. (waiting for getByRole('heading', { name: 'Absences Hub' }) to be visible)",
  );
  assert.equal(failure.step, 'open absences');
  assert.equal((failure.cause as Error).message, TIMEOUT);
});

test('the first line: without colours, without the log, of anything thrown', () => {
  assert.equal(firstLine(new Error('POST /absences answered 500')), 'POST /absences answered 500');
  assert.equal(firstLine(new Error('\u001b[31mred\u001b[39m\nmore')), 'red');
  assert.equal(firstLine('a text'), 'a text');
  assert.equal(firstLine(undefined), 'undefined');
  assert.equal(firstLine(new Error('')), 'no message');
  const told = 'waiting for the answer\n  - waiting for nothing else';
  assert.equal(firstLine(new Error(told)), 'waiting for the answer');
});

test('an interruption is known through whatever wraps it', () => {
  assert.ok(isInterruption(new Interruption()));
  assert.ok(isInterruption(new StepFailure('sign in', new Interruption())));
  assert.ok(!isInterruption(new StepFailure('sign in', new Error('the run was interrupted'))));
  assert.ok(!isInterruption('Interruption'));
});
