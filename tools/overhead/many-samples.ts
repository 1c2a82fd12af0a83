import type { Sample } from '../../measure/run/samples.ts';

const OPERATIONS = [
  'absences.list',
  'absences.create',
  'assignments.list',
  'people.get',
  'swaps.execute',
  'me.schedule',
];
const STEPS = [
  'open my schedule',
  'submit the absence',
  'check the absence is listed',
  'show the next month',
];
const PAGES = ['/', '/my-schedule', '/absences', '/schedule/[personId]'];

/** The n-th sample of a run as they are: requests most of all, then steps, views and their vitals. */
export function sampleOf(n: number, t: number): Sample {
  const about = {
    t,
    session: `b${n % 400}`,
    role: 'resident' as const,
    journey: 'request an absence',
    phase: 'steady',
  };
  const value = Math.round(40 + 30 * Math.sin(n) + (n % 97)) + 0.3;
  const page = PAGES[n % PAGES.length] as string;
  if (n % 20 === 7)
    return {
      ...about,
      kind: 'step',
      via: 'browser',
      name: STEPS[n % STEPS.length] as string,
      value,
      unit: 'ms',
      ok: true,
      clock: 'page',
      page,
    };
  if (n % 20 === 13)
    return {
      ...about,
      kind: 'vital',
      via: 'browser',
      name: 'LCP',
      value,
      unit: 'ms',
      nav: 'hard',
      rating: 'good',
      view: `b${n % 400}.${n}`,
      page,
      attribution: { element: 'main>h1', timeToFirstByte: 4.1, elementRenderDelay: value },
    };
  return {
    ...about,
    kind: 'request',
    via: 'http',
    name: OPERATIONS[n % OPERATIONS.length] as string,
    class: 'crud',
    method: 'GET',
    status: 200,
    value,
    unit: 'ms',
    ok: true,
    blocked: 0.2,
    ttfb: value - 1,
    download: 0.8,
    fromDue: value + 0.4,
    bytes: 1200 + (n % 300),
    requestId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  };
}
