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
  ['/people/ann.lee%40clinic.example', '/people/[id]'],
  ['/a-page-whose-title-is-a-whole-sentence-of-2026', '/[id]'],
  ['/news/how-we-plan-our-nights', '/news/[id]'],
  ['/people/ann-lee-17', '/people/[id]'],
  ['/people/ann-lee-4f3a9c/calls', '/people/[id]/calls'],
  ['/shifts/01arz3ndektsv4rrffq69g5fav', '/shifts/[id]'],
  ['/drafts/V1StGXR8_Z5jdHi6B-myT', '/drafts/[id]'],
  ['/people/Ann%20Lee', '/people/[id]'],
  ['/people/M%C3%BCller', '/people/[id]'],
  // Not ids: words with digits in them, and what is only nearly one.
  ['/admin/schedule-drafts', '/admin/schedule-drafts'],
  ['/admin/game-theory-of-swaps', '/admin/game-theory-of-swaps'],
  ['/internationalisation-2', '/internationalisation-2'],
  ['/v2/pgy3', '/v2/pgy3'],
  ['/daily/2026-11', '/daily/2026-11'],
  ['/internationalisation2', '/internationalisation2'],
  ['/assets/index-D4e57oF8.js', '/assets/index-D4e57oF8.js'],
  ['/schedule/1fa3c0de-58cc-4372-a567', '/schedule/1fa3c0de-58cc-4372-a567'],
];

for (const [url, page] of PATTERNS) {
  test(`${url} is the page ${page}`, () => assert.equal(routePattern(url), page));
}
