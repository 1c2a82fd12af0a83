import assert from 'node:assert/strict';
import { test } from 'node:test';
import { browserBuild } from '../../../runner/browser-build.ts';

test('the build of a browser is what it says of its version; one that says nothing keeps no run from beginning', () => {
  // Every program that knows --version will do.
  assert.equal(browserBuild(process.execPath), process.version);
  assert.equal(browserBuild('/nowhere/chromium'), undefined);
});
