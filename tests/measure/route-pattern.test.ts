import assert from 'node:assert/strict';
import { test } from 'node:test';
import { routePattern } from '../../measure/browser/route-pattern.ts';

const PATTERNS: Array<[url: string, page: string]> = [
  ['https://scheduler.example/', '/'],
  ['https://scheduler.example', '/'],
  ['https://scheduler.example/absences?view=list#top', '/absences'],
  ['/absences/', '/absences'],
  ['/schedule/1fa3c0de-58cc-4372-a567-0e02b2c3d479', '/schedule/[id]'],
  ['/schedule/1FA3C0DE-58CC-4372-A567-0E02B2C3D479/edit', '/schedule/[id]/edit'],
  ['/people/42/calls/7', '/people/[id]/calls/[id]'],
  ['/daily/2026-11-23', '/daily/[id]'],
  ['/shifts/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/shifts/[id]'],
  ['/runs/507f1f77bcf86cd799439011', '/runs/[id]'],
  ['/invitation/q7Zk0pAqu3-x9Lm2Rt5_Wv8Yb1Nc4Md6Pf0Gh3Jk7Lq2', '/invitation/[id]'],
  ['/people/ann.lee@clinic.example/calls', '/people/[id]/calls'],
  // Not ids: words with digits in them, and what is only nearly one.
  ['/admin/schedule-drafts', '/admin/schedule-drafts'],
  ['/v2/pgy3', '/v2/pgy3'],
  ['/daily/2026-11', '/daily/2026-11'],
  ['/a-page-whose-title-is-a-whole-sentence-of-2026', '/a-page-whose-title-is-a-whole-sentence-of-2026'],
  ['/internationalisation2', '/internationalisation2'],
  ['/assets/index-D4e57oF8.js', '/assets/index-D4e57oF8.js'],
  ['/schedule/1fa3c0de-58cc-4372-a567', '/schedule/1fa3c0de-58cc-4372-a567'],
];

for (const [url, page] of PATTERNS) {
  test(`${url} is the page ${page}`, () => assert.equal(routePattern(url), page));
}
