import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isUncompressed } from '../../measure/run/uncompressed.ts';

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

test('text of 1400 bytes that came as it is was uncompressed', () => {
  assert.equal(isUncompressed(JSON_TYPE, 1400), true);
  assert.equal(isUncompressed({ ...JSON_TYPE, 'content-encoding': 'identity' }, 9000), true);
});

test('what is compressed, short, no text or of unknown size was not', () => {
  assert.equal(isUncompressed({ ...JSON_TYPE, 'content-encoding': 'gzip' }, 9000), undefined);
  assert.equal(isUncompressed(JSON_TYPE, 1399), undefined);
  assert.equal(isUncompressed({ 'content-type': 'image/png' }, 9000), undefined);
  assert.equal(isUncompressed({}, 9000), undefined);
  assert.equal(isUncompressed(JSON_TYPE, undefined), undefined);
  assert.equal(isUncompressed(JSON_TYPE, Number.NaN), undefined);
});
