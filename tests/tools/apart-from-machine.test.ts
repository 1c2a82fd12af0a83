import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Summary } from '../../analysis/summary/summary.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';

type Details = Summary['reasonDetails'];

const DELAYED = { verdict: 'invalid', code: 'loop-delayed', p95: 255, limit: 200, text: 'delayed' } as const;
const STALLED = { verdict: 'warn', code: 'generator-stalled', seconds: 1, of: 60, text: 'stalled' } as const;
const EXHAUSTED = {
  verdict: 'invalid',
  code: 'generator-exhausted',
  requests: 3,
  others: 0,
  text: 'no files',
};
const UNENDED = {
  verdict: 'invalid',
  code: 'sessions-unended',
  count: 1,
  started: 9,
  text: 'no end',
} as const;
const LEFT = { verdict: 'warn', code: 'changes-left', count: 1, text: 'left' } as const;
const LATE = {
  verdict: 'fail',
  code: 'known-defect-unlisted',
  name: 'x',
  count: 1,
  text: 'unlisted',
} as const;

for (const [what, reasons, verdict, texts] of [
  ['a busy machine is no reason', [DELAYED, STALLED], 'pass', []],
  ['a warning beneath it is', [DELAYED, LEFT], 'warn', ['left']],
  ['a failure beneath it is', [DELAYED, LATE, LEFT], 'fail', ['unlisted', 'left']],
  ['another reason for invalid beside it is', [UNENDED, DELAYED], 'invalid', ['no end']],
  ['what the generator used up is', [EXHAUSTED, DELAYED], 'invalid', ['no files']],
] as const)
  test(what, () => {
    const apart = apartFromMachine({ reasonDetails: reasons as unknown as Details });
    assert.deepEqual(apart, { verdict, reasons: texts });
  });
