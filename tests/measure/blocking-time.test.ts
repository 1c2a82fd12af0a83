import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockingTime, frameAttribution } from '../../measure/browser/blocking-time.ts';
import { PageViews } from '../../measure/browser/page-views.ts';
import type { EventSample, VitalSample } from '../../measure/run/samples.ts';

// Vectors of the npm package total-blocking-time 1.0.0 (its index.test.js): tasks, window, expected.
const TASKS = [
  { start: 648.405, duration: 372 },
  { start: 7407.43, duration: 57 },
  { start: 7862.395, duration: 66 },
];
const VECTORS: Array<[what: string, tasks: typeof TASKS, from: number, until: number, expected: number]> = [
  ['tasks before the first paint do not count', TASKS, 1300, 8000, 23],
  ['tasks after it do', TASKS, 600, 8000, 345],
  ['tasks after the end do not', TASKS, 1300, 7500, 7],
  ['no task, no blocking', [], 1200, 3000, 0],
  ['a task that began before is cut, then counted', [{ start: 1100, duration: 300 }], 1200, 3000, 150],
  ['a task that ends after is cut, then counted', [{ start: 1949, duration: 151 }], 1000, 2000, 1],
  ['what is left of it is no long task', [{ start: 1950, duration: 150 }], 1000, 2000, 0],
  ['a task that is none of the window', [{ start: 1949, duration: 151 }], 4000, 3000, 0],
];
for (const [what, tasks, from, until, expected] of VECTORS) {
  test(`blocking time: ${what}`, () => assert.equal(blockingTime(tasks, { from, until }), expected));
}

const frame = (
  start: number,
  duration: number,
  script?: { duration: number; url: string; invoker?: string },
) => ({
  start,
  duration,
  blocking: duration - 50,
  script: script && { function: 'load', invoker: 'TimerHandler:setTimeout', ...script },
});

test('the worst frame and the longest script are reported, without address or query', () => {
  const frames = [
    frame(0, 100, { duration: 90, url: 'https://scheduler.example/assets/a.js?token=x', invoker: '' }),
    frame(200, 300),
    frame(900, 95, {
      duration: 94,
      url: 'https://scheduler.example/people/42',
      invoker: 'IMG[src=https://scheduler.example/a.png?token=x].onload',
    }),
  ];
  assert.deepEqual(frameAttribution(frames), {
    frames: 3,
    worstFrame: 300,
    blocking: 250,
    script: '/people/[id]',
    scriptDuration: 94,
    function: 'load',
    invoker: 'IMG[src=/a.png].onload',
  });
  assert.deepEqual(frameAttribution([frame(200, 300)]), { frames: 1, worstFrame: 300, blocking: 250 });
  assert.deepEqual(frameAttribution([]), { frames: 0 });
});

const SITE = 'http://scheduler.example';
const T0 = 1_800_000_000_000;
const ALL = { softNavigation: true, longTask: true, longAnimationFrame: true };

/** TBT by page of a hard view that is painted at 300, a soft one from 1000 on and a change of query at 2000. */
function told(entries: typeof ALL, at: Array<[start: number, duration: number]>) {
  const written: Array<EventSample | VitalSample> = [];
  const views = new PageViews('s1', (sample) => written.push(sample));
  const paint = (url: string, value: number, began: number) =>
    views.vital({
      kind: 'vital',
      origin: T0,
      name: 'FCP',
      value,
      soft: began !== T0,
      navigation: began,
      began,
      url: SITE + url,
      attribution: {},
    });
  views.loaded(`${SITE}/`, T0 + 5);
  views.documentBegan(T0, entries);
  paint('/', 300, T0);
  for (const [began, url] of [
    [1000, '/swaps'],
    [2000, '/swaps?open=1'],
  ] as const) {
    views.interacted(T0 + began - 2);
    views.routed(SITE + url, T0 + began + 10);
    paint(url, 40, T0 + began);
  }
  for (const [start, duration] of at) {
    const task = { start: T0 + start, duration };
    const frames = entries.longAnimationFrame ? [{ ...task, blocking: duration - 50 }] : [];
    views.busy({ kind: 'busy', origin: T0, tasks: [task], frames });
  }
  views.conclude();
  const data = written.find(({ name }) => name === 'browser-entries');
  assert.deepEqual(data?.kind === 'event' && data.data, entries);
  return written.flatMap((sample) =>
    sample.kind === 'vital' && sample.name === 'TBT'
      ? [[sample.page, sample.nav, sample.value, sample.rating, sample.attribution?.frames]]
      : [],
  );
}

test('each view has the blocking time of its own part of the document', () => {
  const tasks: Array<[number, number]> = [
    [100, 180], // before the first paint: its frame counts, its blocking does not
    [400, 150],
    [950, 150], // half of it after the click
    [1500, 760], // over a change of query, which is no view of its own
    [2100, 250],
  ];
  assert.deepEqual(told(ALL, tasks), [
    ['/', 'hard', 100, 'good', 3],
    ['/swaps', 'soft', 50 + 710 + 200, 'poor', 2],
  ]);
  assert.deepEqual(told(ALL, []), [
    ['/', 'hard', 0, 'good', 0],
    ['/swaps', 'soft', 0, 'good', 0],
  ]);
});

test('where the browser has no such entries, there is no TBT rather than none of it', () => {
  assert.deepEqual(told({ ...ALL, longTask: false }, []), []);
  assert.deepEqual(told({ ...ALL, longAnimationFrame: false }, [[400, 150]])[0], [
    '/',
    'hard',
    100,
    'good',
    undefined,
  ]);
});
