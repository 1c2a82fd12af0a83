import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLSThresholds, FCPThresholds, INPThresholds, LCPThresholds, TTFBThresholds } from 'web-vitals';
import { rateVital, VITAL_LIMITS } from '../../measure/run/vital-limits.ts';

test('limits are those of the web-vitals library', () => {
  const { TBT: _beside, ...webVitals } = VITAL_LIMITS;
  assert.deepEqual(webVitals, {
    LCP: LCPThresholds,
    CLS: CLSThresholds,
    INP: INPThresholds,
    FCP: FCPThresholds,
    TTFB: TTFBThresholds,
  });
});

for (const name of ['LCP', 'CLS', 'INP', 'FCP', 'TTFB', 'TBT'] as const) {
  test(`${name} at its limits: a value equal to one is on its better side`, () => {
    const [good, poor] = VITAL_LIMITS[name];
    assert.equal(rateVital(name, 0), 'good');
    assert.equal(rateVital(name, good), 'good');
    assert.equal(rateVital(name, good + 0.0001), 'needs-improvement');
    assert.equal(rateVital(name, poor), 'needs-improvement');
    assert.equal(rateVital(name, poor + 0.0001), 'poor');
  });
}
