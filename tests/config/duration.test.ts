import assert from 'node:assert/strict';
import { it } from 'node:test';
import { parseDuration } from '../../config/duration.ts';

const SECONDS: Record<string, number> = {
  '30s': 30,
  '5m': 300,
  '1h': 3600,
  '1h30m': 5400,
  '1m30s': 90,
  '1.5m': 90,
  '0.5s': 0.5,
  ' 2M ': 120,
};

for (const [text, seconds] of Object.entries(SECONDS)) {
  it(`'${text}' is ${seconds} s`, () => assert.equal(parseDuration(text), seconds));
}

for (const text of ['', 'abc', '30', '-5s', '0s', '5 m', '1m1h', '10ms', '1d', 's', '1e3s']) {
  it(`'${text}' is no duration`, () => assert.equal(parseDuration(text), null));
}
