import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { PageView } from '../../measure/run/events.ts';
import type { EventSample, Sample, VitalName, VitalSample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const PAGE = '/call-hub';

function vital(view: string, name: VitalName, value: number, more: Partial<VitalSample> = {}): VitalSample {
  const about = { t: START + 2000, session: 'b0', page: PAGE, nav: 'hard', rating: 'poor' } as const;
  return { ...about, kind: 'vital', unit: name === 'CLS' ? '1' : 'ms', name, value, view, ...more };
}

function view(id: string, data: Partial<PageView> = {}): EventSample {
  const seen: PageView = { id, nav: 'hard', interacted: true, measurable: true, cold: false, ...data };
  return { t: START + 2000, kind: 'event', name: 'page-view', session: 'b0', page: PAGE, data: seen };
}

async function concluded(more: Sample[], samples = healthySamples()) {
  const dir = runDirectory(runJson(), [...samples, ...more]);
  const { summary } = await conclude(dir);
  const read = (file: string) => readFileSync(join(dir, file), 'utf8');
  const page = read('index.html')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
  return { summary, page, markdown: read('summary.md'), run: JSON.parse(read('run.json')) };
}

test('the worst views are reported with what they are put down to: element, phases, script', async () => {
  const inp = {
    element: '#save',
    type: 'pointer',
    inputDelay: 0.4,
    processingDuration: 480,
    presentationDelay: 40,
  };
  const script = { script: '/assets/index.js', function: 'onSave', scriptDuration: 471.2 };
  const lcp = { element: '#hero', timeToFirstByte: 900, resourceLoadDelay: 0, resourceLoadDuration: 0 };
  const { summary, page } = await concluded([
    vital('v1', 'LCP', 9000, { attribution: { ...lcp, elementRenderDelay: 8100 }, cold: true }),
    vital('v2', 'LCP', 8000),
    vital('v3', 'INP', 520.4, { nav: 'soft', attribution: { ...inp, ...script } }),
    vital('v4', 'CLS', 0.4, { attribution: { element: '#banner', shift: 0.3 } }),
    vital('v5', 'LCP', 99_999, { warmup: true, page: '/warm' }),
  ]);
  const ofPage = summary.worstViews.filter((worst) => worst.page === PAGE);
  assert.deepEqual(
    ofPage.map(({ vital: name, value, nav, cold, view: id }) => [name, value, nav, cold, id]),
    [
      ['LCP', 9000, 'hard', true, 'v1'],
      ['INP', 520.4, 'soft', false, 'v3'],
      ['CLS', 0.4, 'hard', false, 'v4'],
    ],
  );
  assert.match(
    page,
    /\/call-hub hard, cold LCP 9\D?000 poor #hero first byte 900 ms, until it was painted 8\D?100 ms/,
  );
  assert.match(
    page,
    /#save click: in handlers 480 ms, until it was painted 40 ms; longest script 471 ms \(\/assets\/index\.js, onSave\(\)\)/,
  );
  assert.match(page, /#banner moved, the largest shift: 0\.300 of 0\.400/);
});

test('TBT is beside the Web Vitals and no part of their share; long frames are added up by page', async () => {
  const frames = {
    frames: 2,
    worstFrame: 300,
    blocking: 240,
    script: '/assets/a.js',
    scriptDuration: 210,
    invoker: 'A',
  };
  const { summary, page, markdown } = await concluded([
    ...['v1', 'v2', 'v3'].map((id) => view(id)),
    vital('v1', 'TBT', 700, { attribution: frames }),
    vital('v2', 'TBT', 700, {
      attribution: { ...frames, worstFrame: 120, blocking: 60, scriptDuration: 211 },
    }),
    vital('v3', 'TBT', 700, { attribution: { frames: 0 } }),
  ]);
  assert.deepEqual(summary.longFrames, [
    {
      page: PAGE,
      views: 3,
      withFrames: 2,
      frames: 4,
      worst: 300,
      blocking: 240,
      script: '/assets/a.js',
      scriptDuration: 211,
      function: undefined,
      invoker: 'A',
    },
  ]);
  assert.deepEqual(summary.completeness.vitals.TBT, { expected: 59, got: 59 });
  // 4 Web Vitals of each of the three views are missing, their TBT is there.
  assert.deepEqual(summary.completeness.share, 228 / (228 + 15));
  assert.equal(summary.metrics[`vital.TBT.${PAGE}`]?.p75, 700);
  assert.match(page, /\/call-hub in 2 of 3 views 4 300 blocking 240 \/assets\/a\.js 211 ms A/);
  assert.match(markdown, /\| TBT \| 700 \|/);
});

test('views without an interaction have no INP, and that is said', async () => {
  const none = await concluded([]);
  assert.doesNotMatch(none.page + none.markdown, /no click or key press/);
  const { summary, page, markdown } = await concluded([
    view('v1', { interacted: false }),
    vital('v1', 'LCP', 100),
  ]);
  assert.equal(summary.completeness.withoutInteraction, 1);
  assert.equal(summary.completeness.vitals.INP?.expected, 56);
  for (const text of [page, markdown]) assert.match(text, /1 .*no click or key press, and so no INP/);
  assert.match(page, /\/call-hub 1 1 hard, 0 soft 100 .*– no input/);
});

test('a click that led back with nothing painted is no view without Web Vitals: it is counted by itself', async () => {
  const none = await concluded([]);
  const { summary, page, markdown } = await concluded([view('v1', { nav: 'soft', painted: false })]);
  assert.deepEqual(summary.completeness, { ...none.summary.completeness, unpainted: 1 });
  assert.deepEqual([summary.pages, summary.pageErrors], [none.summary.pages, none.summary.pageErrors]);
  for (const text of [page, markdown])
    assert.match(text, /1 click led back to the page that was shown, and the browser painted nothing/);
});

test('a browser without soft navigations: its soft views are counted, not missed, and every report says why', async () => {
  const hardOnly = healthySamples().map((sample): Sample => {
    if (sample.kind !== 'event' || !sample.data) return sample;
    if (sample.name === 'browser-entries')
      return { ...sample, data: { ...sample.data, softNavigation: false } };
    if (sample.name !== 'page-view' || sample.data.nav === 'hard') return sample;
    return {
      ...sample,
      data: { ...sample.data, measurable: false, unmeasured: 'no soft-navigation entries' },
    };
  });
  const isSoft = (sample: Sample) => sample.kind === 'vital' && sample.nav === 'soft';
  const { summary, page, markdown, run } = await concluded(
    [],
    hardOnly.filter((sample) => !isSoft(sample)),
  );
  const { views, measurable, unmeasured, share } = summary.completeness;
  assert.deepEqual([views, measurable, unmeasured, share], [56, 4, 52, 1]);
  assert.equal(summary.verdict, 'warn');
  assert.equal(run.host.browserEntries.softNavigation, false);
  const said = /this browser has no soft-navigation entries: 52 soft page views are counted, not measured/;
  for (const text of [page, markdown, run.reasons.join()]) assert.match(text, said);

  const able = await concluded([]);
  assert.equal(able.run.host.browserEntries.softNavigation, true);
  assert.doesNotMatch(able.page + able.markdown, /soft-navigation entries/);
});

test('a browser without long tasks has no TBT, and none is missed', async () => {
  const without = healthySamples()
    .filter((sample) => !(sample.kind === 'vital' && sample.name === 'TBT'))
    .map(
      (sample): Sample =>
        sample.kind === 'event' && sample.name === 'browser-entries'
          ? { ...sample, data: { softNavigation: true, longTask: false, longAnimationFrame: false } }
          : sample,
    );
  const { summary, page } = await concluded([], without);
  assert.equal(summary.completeness.vitals.TBT, undefined);
  assert.match(page, /no long-task entries: there is no TBT/);
  assert.doesNotMatch(page, /Frames of more than 50 ms/);
});

test('first views have a rating of their own beside later ones: a good later view hides no poor first one', async () => {
  const { page } = await concluded([
    ...['v1', 'v2'].flatMap((id) => [view(id), vital(id, 'LCP', 400)]),
    ...['v3', 'v4'].flatMap((id) => [view(id, { cold: true }), vital(id, 'LCP', 7000, { cold: true })]),
  ]);
  assert.match(page, /\/call-hub 4 4 hard, 0 soft 400 good n 2 7\D?000 poor first views, n 2 /);
});
