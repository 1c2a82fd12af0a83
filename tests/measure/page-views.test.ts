import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PageMessage } from '../../measure/browser/in-page.ts';
import { PageViews } from '../../measure/browser/page-views.ts';
import type { EventSample, VitalSample } from '../../measure/run/samples.ts';

type Vital = Extract<PageMessage, { kind: 'vital' }>;
type VitalName = Vital['name'];

const SITE = 'http://scheduler.example';
/** When the first document begins, ms since the epoch. */
const T0 = 1_800_000_000_000;

/** Page views of one session and what they wrote. */
function session() {
  const written: Array<EventSample | VitalSample> = [];
  const views = new PageViews('s1', (sample) => written.push(sample));
  const report = (name: VitalName, value: number, url: string, more: Partial<Vital>) =>
    views.vital({
      kind: 'vital',
      origin: T0,
      name,
      value,
      soft: false,
      navigation: 1,
      began: T0,
      url: SITE + url,
      attribution: {},
      ...more,
    });
  return {
    views,
    written,
    load: (path: string, t = T0) => {
      views.loaded(SITE + path, t + 5);
      views.documentBegan(t);
    },
    route: (path: string, t: number) => views.routed(SITE + path, t),
    /** A click that leads there, `at` ms after the first document began. */
    follow: (path: string, at: number) => {
      views.interacted(T0 + at - 10);
      views.routed(SITE + path, T0 + at);
    },
    hard: (name: VitalName, value: number, url = '/', origin = T0) => report(name, value, url, { origin }),
    /** What the browser reports of the soft navigation that began at `began`. */
    soft: (name: VitalName, value: number, url: string, began: number, origin = T0, at?: number) =>
      report(name, value, url, {
        ...{ soft: true, navigation: began, began, origin },
        attribution: at === undefined ? {} : { at },
      }),
    /** `LCP 1200` by view, views in order of time. */
    table: () => {
      views.conclude();
      const seen = written.filter((sample) => sample.kind === 'event' && sample.name === 'page-view');
      return seen.map(({ page, data }) => {
        const vitals = written.filter((sample) => sample.kind === 'vital' && sample.view === data.id);
        return [page, data.nav, ...vitals.map((v) => `${v.name} ${'value' in v ? v.value : ''}`)];
      });
    },
  };
}

test('the first paint of a document is awaited until it is reported, or the view is over', async () => {
  const s = session();
  const told: string[] = [];
  const expectTold = (name: string) => void s.views.firstPaint().then(() => told.push(name));
  await s.views.firstPaint(); // no view: nothing to wait for
  s.load('/absences');
  expectTold('first');
  s.hard('TTFB', 80);
  await new Promise(setImmediate);
  assert.deepEqual(told, []);
  s.hard('FCP', 300);
  await new Promise(setImmediate);
  assert.deepEqual(told, ['first']);
  await s.views.firstPaint();
  s.route('/schedule', T0 + 900);
  await s.views.firstPaint(); // within a document that was painted
  s.load('/login', T0 + 2000);
  expectTold('left');
  s.load('/', T0 + 3000);
  await new Promise(setImmediate);
  assert.deepEqual(told, ['first', 'left']);
});

test('a hard view: one value a metric, the latest; rating, unit and attribution with it', () => {
  const s = session();
  s.load('/absences?view=list');
  s.hard('TTFB', 80.04, '/absences');
  s.hard('LCP', 900, '/absences');
  s.hard('LCP', 2600.26, '/absences');
  s.hard('CLS', 0.0512345, '/absences');
  s.hard('CLS', 0.2512345, '/absences');
  s.views.conclude();
  const [view, ...vitals] = s.written as [EventSample, ...VitalSample[]];
  assert.equal(view.name, 'page-view');
  assert.equal(view.page, '/absences');
  assert.deepEqual(view.data, { id: 's1.1', nav: 'hard', interacted: false, measurable: true, cold: true });
  assert.deepEqual(
    vitals.map(({ name, value, unit, nav, rating, page, view: id }) => [
      name,
      value,
      unit,
      nav,
      rating,
      page,
      id,
    ]),
    [
      ['LCP', 2600.3, 'ms', 'hard', 'needs-improvement', '/absences', 's1.1'],
      ['CLS', 0.25123, '1', 'hard', 'poor', '/absences', 's1.1'],
      ['TTFB', 80, 'ms', 'hard', 'good', '/absences', 's1.1'],
    ],
  );
});

test('a soft view gets the report of its route; it has no first byte of its own', () => {
  const s = session();
  s.load('/');
  s.hard('LCP', 500);
  s.views.interacted(T0 + 2000);
  s.route('/swaps', T0 + 2040);
  s.soft('LCP', 310, '/swaps', T0 + 2030);
  s.soft('TTFB', 0, '/swaps', T0 + 2030);
  s.soft('FCP', 120, '/swaps', T0 + 2030);
  assert.deepEqual(s.table(), [
    ['/', 'hard', 'LCP 500'],
    ['/swaps', 'soft', 'LCP 310', 'FCP 120'],
  ]);
});

/** Whether each view can be measured, in order of time. */
function measurable({ views, written }: ReturnType<typeof session>): boolean[] {
  views.conclude();
  return written.flatMap((sample) => {
    return sample.kind === 'event' && sample.name === 'page-view' ? [sample.data.measurable] : [];
  });
}

test('a change of route belongs to its click however long after it comes; those by script alone do not', () => {
  const s = session();
  s.load('/');
  s.views.interacted(T0 + 1000);
  s.route('/slow', T0 + 61_000);
  assert.equal(s.views.currentIsReported, false);
  s.soft('LCP', 60_100, '/slow', T0 + 1000);
  assert.equal(s.views.currentIsReported, true);
  s.route('/moved', T0 + 70_000); // the click has led to /slow
  s.views.interacted(T0 + 71_000);
  s.route('/first', T0 + 71_100);
  s.route('/then', T0 + 72_000); // by a timer of the page's own, as far as one can know
  s.load('/', T0 + 80_000);
  s.route('/again', T0 + 81_000); // nobody has clicked in this document
  assert.deepEqual(measurable(s), [true, true, false, true, false, true, false]);
});

test('a router that sends on at once, or with the answer it waited for, leads to one view, of the last route', () => {
  const s = session();
  const data = {};
  s.load('/');
  s.views.interacted(T0 + 1000);
  s.route('/first', T0 + 1010);
  s.views.asked(data, T0 + 1020);
  s.soft('LCP', 30, '/first', T0 + 1000);
  s.views.answered(data, T0 + 7000);
  s.route('/second', T0 + 7010);
  s.soft('LCP', 6050, '/first', T0 + 1000);
  s.follow('/third', 8000);
  s.route('/fourth', T0 + 8001);
  s.soft('LCP', 20, '/fourth', T0 + 7990);
  assert.equal(s.views.currentIsReported, true);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/second', 'soft', 'LCP 6050'],
    ['/fourth', 'soft', 'LCP 20'],
  ]);
});

test('a click that leads back with nothing painted is no page view, and takes nothing from the others', () => {
  const s = session();
  s.load('/');
  s.hard('INP', 16, '/');
  s.follow('/people', 1000);
  s.route('/login', T0 + 1005);
  s.route('/', T0 + 1010);
  s.follow('/people', 1100);
  s.soft('LCP', 40, '/people', T0 + 1090);
  s.follow('/', 3000); // painted: the browser says so
  s.soft('LCP', 50, '/', T0 + 2990);
  s.follow('/list', 4000);
  s.route('/', T0 + 4010);
  s.soft('LCP', 60, '/list', T0 + 3990); // it led back, but something was painted
  assert.deepEqual(s.table(), [
    ['/', 'hard', 'INP 16'],
    ['/', 'soft'],
    ['/people', 'soft', 'LCP 40'],
    ['/', 'soft', 'LCP 50'],
    ['/', 'soft', 'LCP 60'],
  ]);
  const painted = s.written.map((sample) =>
    sample.name === 'page-view' ? sample.data.painted !== false : [],
  );
  assert.deepEqual(painted.flat(), [true, false, true, true, true]);
});

test('a slow answer to a click leads on, also where the browser reports nothing; a timer and a poll do not', () => {
  const s = session();
  const [slow, poll] = [{}, {}];
  s.load('/');
  s.views.interacted(T0 + 1000);
  s.views.asked(slow, T0 + 1020);
  s.route('/slow', T0 + 9000); // the browser saw no navigation: missing, and not left out
  s.views.answered(slow, T0 + 9001); // the driver may hear of it in this order
  s.views.interacted(T0 + 20_000);
  s.views.asked(poll, T0 + 21_500);
  s.views.answered(poll, T0 + 21_600);
  s.route('/expired', T0 + 21_610);
  s.views.interacted(T0 + 30_000);
  s.route('/later', T0 + 32_000); // by a timer that the click set: the browser knows
  s.soft('LCP', 2050, '/later', T0 + 30_000);
  assert.deepEqual(measurable(s), [true, true, false, true]);
});

test('going back is a view of its own, however soon after a click', () => {
  const s = session();
  s.load('/');
  s.follow('/first', 1000);
  s.soft('LCP', 20, '/first', T0 + 990);
  s.views.wentBack();
  s.route('/', T0 + 1200);
  s.soft('LCP', 10, '/', T0 + 1190);
  s.views.wentBack();
  s.route('/first', T0 + 9000);
  s.soft('LCP', 12, '/first', T0 + 8990);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/first', 'soft', 'LCP 20'],
    ['/', 'soft', 'LCP 10'],
    ['/first', 'soft', 'LCP 12'],
  ]);
});

test('a slow change of route has the report of its click', () => {
  const s = session();
  s.load('/');
  s.hard('LCP', 500);
  s.views.interacted(T0 + 1000);
  s.soft('LCP', 60_100, '/slow', T0 + 1000);
  s.route('/slow', T0 + 61_000);
  assert.deepEqual(s.table(), [
    ['/', 'hard', 'LCP 500'],
    ['/slow', 'soft', 'LCP 60100'],
  ]);
});

test('there and back again: reports go to views in the order of time', () => {
  const s = session();
  s.load('/');
  for (const [at, path] of [
    [1000, '/people'],
    [2000, '/swaps'],
    [3000, '/people'],
  ] as const) {
    s.follow(path, at);
  }
  // The browser may tell the later one first.
  s.soft('LCP', 333, '/people', T0 + 2995);
  s.soft('LCP', 111, '/people', T0 + 995);
  s.soft('LCP', 222, '/swaps', T0 + 1995);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/people', 'soft', 'LCP 111'],
    ['/swaps', 'soft', 'LCP 222'],
    ['/people', 'soft', 'LCP 333'],
  ]);
});

test('a view that the browser did not report leaves no gap for the next one’s values', () => {
  const s = session();
  s.load('/');
  for (const [at, path] of [
    [1000, '/people'],
    [2000, '/swaps'],
  ] as const) {
    s.follow(path, at);
  }
  s.soft('LCP', 222, '/swaps', T0 + 1995);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/people', 'soft'],
    ['/swaps', 'soft', 'LCP 222'],
  ]);
});

test('what happened in a view that the browser took for the one before is not that one’s', () => {
  const s = session();
  s.load('/login');
  s.follow('/', 1000);
  s.soft('LCP', 300, '/', T0 + 990);
  s.soft('INP', 56, '/', T0 + 990, T0, 1400);
  s.soft('CLS', 0.04, '/', T0 + 990, T0, 1200);
  s.views.interacted(T0 + 1980);
  s.route('/settings', T0 + 2000);
  // Slow interactions and shifts of /settings, reported with the navigation to /.
  s.soft('INP', 232, '/', T0 + 990, T0, 3000);
  s.soft('CLS', 0.4, '/', T0 + 990, T0, 3100);
  assert.deepEqual(s.table(), [
    ['/login', 'hard'],
    ['/', 'soft', 'LCP 300', 'CLS 0.04', 'INP 56'],
    ['/settings', 'soft'],
  ]);
});

test('through a redirect by script, which no browser takes for a navigation, INP and CLS go on', () => {
  const s = session();
  s.load('/login');
  s.follow('/', 1000);
  s.soft('INP', 56, '/', T0 + 990, T0, 1400);
  s.route('/settings', T0 + 9000);
  s.soft('INP', 232, '/', T0 + 990, T0, 9500);
  assert.deepEqual(s.table().at(1), ['/', 'soft', 'INP 232']);
});

test('a report never goes back to a view before that of an earlier report', () => {
  const s = session();
  s.load('/');
  for (const [at, path] of [
    [1000, '/people'],
    [2000, '/swaps'],
    [3000, '/people'],
  ] as const) {
    s.follow(path, at);
  }
  s.soft('LCP', 222, '/swaps', T0 + 1995);
  s.soft('LCP', 333, '/people', T0 + 2995);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/people', 'soft'],
    ['/swaps', 'soft', 'LCP 222'],
    ['/people', 'soft', 'LCP 333'],
  ]);
});

test('a change of query is no view; its report counts for the view it happened in', () => {
  const s = session();
  s.load('/');
  s.follow('/schedule', 1010);
  s.soft('LCP', 200, '/schedule', T0 + 1005);
  s.soft('CLS', 0.01, '/schedule', T0 + 1005);
  s.soft('INP', 48, '/schedule', T0 + 1005);
  s.follow('/schedule?view=week', 3010);
  s.soft('LCP', 900, '/schedule?view=week', T0 + 3005);
  s.soft('CLS', 0.2, '/schedule?view=week', T0 + 3005);
  s.soft('INP', 32, '/schedule?view=week', T0 + 3005);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/schedule', 'soft', 'LCP 200', 'CLS 0.2', 'INP 48'],
  ]);
});

test('a change of query is not taken for a later visit of the same page', () => {
  const s = session();
  s.load('/');
  const visit = (at: number, url: string, lcp: number) => {
    s.follow(url, at + 10);
    s.soft('LCP', lcp, url, T0 + at + 5);
  };
  visit(1000, '/schedule', 100);
  visit(2000, '/schedule?view=week', 900);
  visit(3000, '/absences', 300);
  visit(4000, '/schedule', 400);
  assert.deepEqual(s.table(), [
    ['/', 'hard'],
    ['/schedule', 'soft', 'LCP 100'],
    ['/absences', 'soft', 'LCP 300'],
    ['/schedule', 'soft', 'LCP 400'],
  ]);
});

test('a change of query in a hard view: INP and CLS are the worst of both, LCP the document’s own', () => {
  const s = session();
  s.load('/schedule');
  s.hard('LCP', 700, '/schedule');
  s.hard('INP', 64, '/schedule');
  s.hard('CLS', 0.05, '/schedule');
  s.follow('/schedule?view=week', 2010);
  s.soft('LCP', 90, '/schedule?view=week', T0 + 2005);
  s.soft('INP', 240, '/schedule?view=week', T0 + 2005);
  s.soft('CLS', 0.01, '/schedule?view=week', T0 + 2005);
  assert.deepEqual(s.table(), [['/schedule', 'hard', 'LCP 700', 'CLS 0.05', 'INP 240']]);
});

test('only what follows a click can be measured: a redirect by script is a view, but not a measurable one', () => {
  const s = session();
  s.load('/people');
  s.route('/login', T0 + 300);
  s.views.interacted(T0 + 9000);
  s.route('/', T0 + 9100);
  s.route('/swaps', T0 + 15_000);
  s.views.conclude();
  const seen = s.written.filter((sample) => sample.kind === 'event' && sample.name === 'page-view');
  assert.deepEqual(
    seen.map(({ page, data }) => [page, data.nav, data.interacted, data.measurable]),
    [
      ['/people', 'hard', false, true],
      ['/login', 'soft', true, false],
      ['/', 'soft', false, true],
      ['/swaps', 'soft', false, false],
    ],
  );
});

test('a click on the page before leads to no route of the next document', () => {
  const s = session();
  s.load('/login');
  s.views.interacted(T0 + 1000);
  s.load('/my-schedule', T0 + 2000);
  s.route('/login', T0 + 2300);
  s.views.conclude();
  const seen = s.written.filter((sample) => sample.kind === 'event' && sample.name === 'page-view');
  assert.deepEqual(
    seen.map(({ page, data }) => [page, data.nav, data.measurable]),
    [
      ['/login', 'hard', true],
      ['/my-schedule', 'hard', true],
      ['/login', 'soft', false],
    ],
  );
});

test('a page is cold the first time a session sees it', () => {
  const s = session();
  s.load('/');
  s.hard('LCP', 900);
  s.route('/swaps', T0 + 1000);
  s.route('/', T0 + 2000);
  s.load('/swaps', T0 + 5000);
  s.hard('LCP', 300, '/swaps', T0 + 5000);
  s.views.conclude();
  const seen = s.written.filter((sample) => sample.kind === 'event' && sample.name === 'page-view');
  assert.deepEqual(
    seen.map(({ page, data }) => [page, data.cold]),
    [
      ['/', true],
      ['/swaps', true],
      ['/', false],
      ['/swaps', false],
    ],
  );
  const vitals = s.written.filter((sample) => sample.kind === 'vital');
  assert.deepEqual(
    vitals.map(({ value, cold }) => [value, cold]),
    [
      [900, true],
      [300, undefined],
    ],
  );
});

test('documents are kept apart: a new one concludes the views of the one before', () => {
  const s = session();
  s.load('/');
  s.hard('LCP', 500);
  s.views.interacted(T0 + 900);
  s.route('/swaps', T0 + 1000);
  s.soft('LCP', 100, '/swaps', T0 + 950);
  s.load('/swaps', T0 + 5000);
  assert.equal(
    s.written.filter((sample) => sample.kind === 'event' && sample.name === 'page-view').length,
    2,
    'written when it is over',
  );
  s.hard('LCP', 800, '/swaps', T0 + 5000);
  s.follow('/', 6010);
  s.soft('LCP', 60, '/', T0 + 6005, T0 + 5000);
  assert.deepEqual(s.table(), [
    ['/', 'hard', 'LCP 500'],
    ['/swaps', 'soft', 'LCP 100'],
    ['/swaps', 'hard', 'LCP 800'],
    ['/', 'soft', 'LCP 60'],
  ]);
});

test('the page may tell of its document before the driver has seen it', () => {
  const s = session();
  s.load('/');
  s.hard('LCP', 500);
  s.views.documentBegan(T0 + 5000);
  s.hard('TTFB', 30, '/swaps', T0 + 5000);
  s.views.loaded(`${SITE}/swaps`, T0 + 5010);
  s.hard('LCP', 800, '/swaps', T0 + 5000);
  assert.deepEqual(s.table(), [
    ['/', 'hard', 'LCP 500'],
    ['/swaps', 'hard', 'LCP 800', 'TTFB 30'],
  ]);
});

test('views are never doubled: concluding twice writes once, reports without a view write nothing', () => {
  const s = session();
  s.soft('LCP', 100, '/nowhere', T0);
  s.load('/');
  s.views.conclude();
  s.views.conclude();
  assert.deepEqual(s.table(), [['/', 'hard']]);
});

for (const softNavigation of [true, false]) {
  test(`a browser ${softNavigation ? 'with' : 'without'} soft-navigation entries: what its views can yield`, () => {
    const s = session();
    s.views.documentBegan(T0, { softNavigation, longTask: true, longAnimationFrame: true });
    s.views.loaded(`${SITE}/`, T0 + 5);
    s.views.interacted(T0 + 1000);
    s.route('/swaps', T0 + 1010); // a click led to it
    s.route('/', T0 + 9000); // nothing did
    s.views.conclude();
    const seen = s.written.filter((sample) => sample.kind === 'event' && sample.name === 'page-view');
    const why = softNavigation ? undefined : 'no soft-navigation entries';
    assert.deepEqual(
      seen.map(({ page, data }) => [page, data.measurable, data.unmeasured]),
      [
        ['/', true, undefined],
        ['/swaps', softNavigation, why],
        ['/', false, undefined],
      ],
    );
  });
}
