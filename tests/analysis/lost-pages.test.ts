/** Pages and browsers that ended under their users: counted, limited, and never without a word. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conclude } from '../../analysis/conclude.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { healthySamples, runDirectory, runJson, START } from './synthetic-run.ts';

const BROWSER = 'residents in the browser';

/** 40 sessions in browsers, each with one step. */
function sessions(): Sample[] {
  return Array.from({ length: 40 }, (_, index): Sample[] => {
    const about = { session: `x${index}`, role: 'resident', phase: 'steady', via: 'browser' } as const;
    const started = START + index * 1000;
    return [
      { ...about, t: started, kind: 'event', name: 'session-started', data: { scenario: BROWSER } },
      {
        ...about,
        t: started + 900,
        kind: 'session',
        name: BROWSER,
        value: 900,
        unit: 'ms',
        ok: true,
        started,
      },
    ];
  }).flat();
}

const lost = (errorKind: 'page-crashed' | 'browser-lost', session?: string): Sample => ({
  t: START + 30_000,
  kind: 'error',
  name: 'lost',
  error: 'it ended',
  errorKind,
  session,
  via: 'browser',
});

async function judged(...losses: Sample[]) {
  const { plan } = runJson();
  const phases = plan.phases.map((phase) => ({ ...phase, arrivals: { ...phase.arrivals, [BROWSER]: 44 } }));
  const run = runJson({ plan: { ...plan, phases } });
  return (await conclude(runDirectory(run, [...healthySamples(), ...sessions(), ...losses]))).summary;
}

test('no page was lost: nothing is said, and the limit on lost pages passes', async () => {
  const { verdict, gates, lostPages } = await judged();
  assert.equal(verdict, 'pass');
  assert.deepEqual(lostPages, { sessions: 0, of: 44, browsers: 0 });
  assert.equal(gates.find(({ metric }) => metric === 'pages.lost')?.outcome, 'passed');
});

test('up to one session in twenty: a warning, and the first of all reasons; a session counts once', async () => {
  const { verdict, reasons } = await judged(
    lost('page-crashed', 'x1'),
    lost('page-crashed', 'x2'),
    lost('page-crashed', 'x2'),
  );
  assert.equal(verdict, 'warn');
  assert.match(reasons[0] ?? '', /^2 of 44 sessions in browsers lost their page, .* \(4\.55 %\)$/);
});

test('more of them: invalid, with the limit', async () => {
  const { verdict, exitCode, reasonDetails } = await judged(
    lost('page-crashed', 'x1'),
    lost('browser-lost', 'x2'),
    lost('browser-lost', 'x3'),
    lost('browser-lost'),
  );
  assert.deepEqual([verdict, exitCode, reasonDetails[0]?.code], ['invalid', 3, 'pages-lost']);
  assert.match(
    reasonDetails[0]?.text ?? '',
    /^3 of 44 sessions .* \(6\.82 %, limit 5 %\); 1 browser ended and had to be started again$/,
  );
});

test('a browser that ended while nobody used it is named too', async () => {
  const { verdict, reasons } = await judged(lost('browser-lost'));
  assert.equal(verdict, 'warn');
  assert.match(reasons[0] ?? '', /^0 of 44 sessions .*; 1 browser ended/);
});
