import assert from 'node:assert/strict';
import { test } from 'node:test';
import { skippedJourneys } from '../../playwright/skipped-journeys.ts';

type Tests = Parameters<typeof skippedJourneys>[0];
const ran = (title: string, ...statuses: Array<'passed' | 'failed' | 'skipped'>): Tests[number] => ({
  title,
  annotations: [],
  results: statuses.map((status) => ({
    status,
    annotations: status === 'skipped' ? [{ type: 'skip', description: 'changes users' }] : [],
  })),
});

test('journeys whose tests were skipped, or never came, are named with the reason', () => {
  const tests = [
    ran('admin: manage users', 'skipped'),
    ran('admin: manage users', 'skipped'),
    ran('resident: request an absence', 'passed'),
    ran('faculty: request leave'),
  ];
  assert.deepEqual(skippedJourneys(tests), [
    { journey: 'manage users', why: 'changes users' },
    { journey: 'request leave', why: 'the run ended before it' },
  ]);
});

test('a journey that ran once, whatever came of it, was exercised', () => {
  assert.deepEqual(
    skippedJourneys([ran('admin: x', 'failed'), ran('admin: x'), ran('admin: x', 'skipped')]),
    [],
  );
});
