import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from 'lighthouse';
import { accessibilityOf, figuresOf, filmOf, opportunitiesOf } from '../../lighthouse/figures.ts';
import { representativeOf } from '../../lighthouse/kept-audit.ts';

/** The parts of a result that are read, as Lighthouse 13.5 writes them. */
function result(gatherMode: Result['gatherMode'], audits: Record<string, object>): Result {
  return {
    gatherMode,
    categories: {
      performance: { score: 0.68, auditRefs: [] },
      accessibility: { score: 0.9, auditRefs: [{ id: 'button-name' }, { id: 'label' }, { id: 'bypass' }] },
      seo: { score: null, auditRefs: [] },
    },
    audits: Object.fromEntries(
      Object.entries(audits).map(([id, audit]) => [id, { id, title: id, score: 1, ...audit }]),
    ),
  } as unknown as Result;
}

const SIZES = {
  'resource-summary': {
    details: {
      items: [
        { resourceType: 'total', requestCount: 26, transferSize: 1_375_598 },
        { resourceType: 'script', requestCount: 12, transferSize: 17_168 },
        { resourceType: 'third-party', requestCount: 0, transferSize: 0 },
      ],
    },
  },
  'long-tasks': { details: { items: [{}, {}, {}] } },
  'dom-size-insight': {
    details: {
      items: [
        { statistic: 'Total elements', value: { value: 4944 } },
        { node: {}, value: { value: 12 } },
      ],
    },
  },
};

test('figures of a load are its scores, times, sizes and counts; what Lighthouse does not give is absent', () => {
  const audits = {
    'largest-contentful-paint': { numericValue: 538 },
    'interaction-to-next-paint': {},
    ...SIZES,
  };
  assert.deepEqual(figuresOf(result('navigation', audits)), {
    performance: 0.68,
    accessibility: 0.9,
    LCP: 538,
    'transfer size': 1_375_598,
    'script size': 17_168,
    requests: 26,
    'third-party requests': 0,
    'long tasks': 3,
    'DOM elements': 4944,
  });
});

test('a timespan and a snapshot have no scores, whatever Lighthouse puts into their categories', () => {
  for (const mode of ['timespan', 'snapshot'] as const)
    assert.deepEqual(figuresOf(result(mode, { 'total-blocking-time': { numericValue: 3.4 } })), { TBT: 3.4 });
});

test('opportunities come with the most time that a metric gains; what passed and a layout shift save none', () => {
  const found = opportunitiesOf(
    result('navigation', {
      'unused-javascript': {
        score: 0.5,
        metricSavings: { LCP: 0 },
        details: { overallSavingsBytes: 125_513 },
      },
      'render-blocking-insight': { score: 0, metricSavings: { FCP: 230.4, LCP: 250, CLS: 3 } },
      'long-tasks': { score: 1, metricSavings: { TBT: 400 } },
      'image-delivery-insight': {
        score: 0.5,
        metricSavings: { LCP: 0 },
        details: { debugData: { wastedBytes: 153_846 } },
      },
      'layout-shifts': { score: 0, metricSavings: { CLS: 0.2 } },
    }),
  );
  assert.deepEqual(
    found.map(({ id, ms, bytes }) => [id, ms, bytes]),
    [
      ['render-blocking-insight', 250, 0],
      ['image-delivery-insight', 0, 153_846],
      ['unused-javascript', 0, 125_513],
    ],
  );
});

test('an accessibility finding is a rule that is broken, with its elements and one of them', () => {
  const items = [{ node: { selector: 'td > button' } }, { node: { selector: 'th > button' } }];
  const found = accessibilityOf(
    result('navigation', { 'button-name': { score: 0, details: { items } }, bypass: { score: null } }),
  );
  assert.deepEqual(found, [{ id: 'button-name', title: 'button-name', elements: 2, example: 'td > button' }]);
});

test('of the pictures of a load at most four are kept, the last one among them, and none twice in a row', () => {
  const picture = (text: string) => `data:image/jpeg;base64,${Buffer.from(text).toString('base64')}`;
  const items = ['a', 'a', 'b', 'b', 'c', 'c', 'c', 'd'].map((text, at) => ({
    timing: at * 100,
    data: picture(text),
  }));
  const film = (some: object[]) =>
    filmOf(result('navigation', { 'screenshot-thumbnails': { details: { items: some } } })).map(
      ({ ms, data }) => `${ms} ${data}`,
    );
  assert.deepEqual(film(items), ['100 a', '300 b', '500 c', '700 d']);
  assert.deepEqual(film(items.slice(4, 7)), ['400 c']);
  assert.deepEqual(film([]), []);
});

test('the representative load is the one nearest to the medians of FCP and TTI, not the one of the middle score', () => {
  const take = (repeat: number, fcp: number, tti: number) => ({
    repeat,
    lhr: result('navigation', {
      'first-contentful-paint': { numericValue: fcp },
      interactive: { numericValue: tti },
    }),
  });
  const [a, b, c] = [take(1, 100, 900), take(2, 300, 500), take(3, 200, 520)];
  assert.equal(representativeOf([a, b, c]).repeat, 3);
  const broken = { repeat: 4, lhr: result('navigation', {}) };
  assert.equal(representativeOf([broken, a, b, c]).repeat, 3, 'one without both is left out');
  assert.equal(representativeOf([broken]).repeat, 4, 'of none with both it is the first');
});
