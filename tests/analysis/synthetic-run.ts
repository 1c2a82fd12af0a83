/** Writes run directories of known content: what `conclude()` must find in them is known beforehand. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunJson, SCHEMA } from '../../measure/run/run.ts';
import type { OperationClass, Role, Sample } from '../../measure/run/samples.ts';

// One listener for each run directory; the default warning is at ten.
process.setMaxListeners(0);

export const START = Date.parse('2026-11-23T15:00:00Z');

export function runJson(changes: Partial<RunJson> = {}): RunJson {
  return {
    schema: SCHEMA,
    id: '2026-11-23T15-00-00Z-load',
    profiles: ['smoke'],
    runner: 'artillery',
    start: new Date(START).toISOString(),
    end: new Date(START + 60_000).toISOString(),
    target: {
      url: 'http://127.0.0.1:4300',
      apiUrl: 'http://127.0.0.1:4300/api/v1',
      environment: 'local',
      kind: 'embedded',
      data: 'small',
      version: '1.0.0',
    },
    suite: { version: '0.1.0', commit: '0123456789abcdef0123456789abcdef01234567', dirty: false },
    host: {
      os: 'Debian 13',
      cpuModel: 'Some CPU',
      cores: 2,
      memoryMiB: 7900,
      node: 'v24.21.0',
      browser: 'Chromium 156',
    },
    plan: {
      phases: [
        { name: 'steady', duration: 60, arrivals: { 'residents in the browser': 4, 'swaps over HTTP': 10 } },
      ],
      mix: [
        { name: 'residents in the browser', via: 'browser', role: 'resident', share: 0.29 },
        { name: 'swaps over HTTP', via: 'http', role: 'faculty', share: 0.71 },
      ],
      seed: 1,
    },
    ended: 'finished',
    ...changes,
  };
}

/** A directory that goes away with this process. */
export function temporaryDirectory(): string {
  const dir = mkdtempSync(join(tmpdir(), 'analysis-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A run directory with these samples in it. `tail`: text after the last whole line, as a kill leaves it. */
export function runDirectory(run: RunJson, samples: readonly Sample[], tail = ''): string {
  const dir = temporaryDirectory();
  writeFileSync(join(dir, 'run.json'), JSON.stringify(run));
  writeFileSync(
    join(dir, 'samples.ndjson'),
    samples.map((sample) => `${JSON.stringify(sample)}\n`).join('') + tail,
  );
  return dir;
}

/** mulberry32: the same numbers from the same seed on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const BROWSER = 'residents in the browser';
const HTTP = 'swaps over HTTP';

/** A healthy minute: 4 users in browsers, 10 over HTTP, everything they do succeeds. */
export function healthySamples(seed = 1): Sample[] {
  const random = seeded(seed);
  /** Log-normal, as latencies are: median and a spread. */
  const around = (median: number, sigma = 0.35) => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(median * Math.exp(sigma * normal) * 10) / 10;
  };
  const samples: Sample[] = [];
  for (let user = 0; user < 4; user += 1) browserUser(samples, `b${user}`, START + user * 3000, around);
  for (let user = 0; user < 10; user += 1) httpUser(samples, `h${user}`, START + user * 1500, around);
  for (let second = 1; second <= 60; second += 1) {
    samples.push({
      t: START + second * 1000,
      kind: 'generator',
      name: 'generator',
      cpu: Math.min(0.8, 0.25 + 0.25 * random()),
      loopDelay: 4 + 20 * random(),
      memoryMiB: 600 + Math.round(80 * random()),
      users: 14,
      browserUsers: 4,
      httpUsers: 10,
    });
  }
  return samples.sort((a, b) => a.t - b.t);
}

/** The same, with what is known of the machine and of the target's processes, as runs on Linux have it. */
export function watchedSamples(seed = 1): Sample[] {
  const random = seeded(seed);
  const share = (low: number, high: number) => Math.round((low + (high - low) * random()) * 1000) / 1000;
  return healthySamples(seed).flatMap((sample): Sample[] => {
    if (sample.kind !== 'generator') return [sample];
    const second = Math.round((sample.t - START) / 1000);
    const cpu = share(0.1, 0.25);
    const arrived = Math.min(14, Math.ceil(second / 4));
    return [
      {
        ...sample,
        hostCpu: Math.min(1, (sample.cpu ?? 0) + cpu + share(0.02, 0.1)),
        load1: 0.5 + Math.round(second) / 40,
        cpuPressure: share(0.05, 0.3),
        memoryPressure: 0,
        ioPressure: second === 30 ? 0.4 : 0.01,
        sockets: 20 + (second % 10),
        planned: Math.min(14, arrived + 1),
        started: arrived,
        late: second % 4 === 0 ? 12 + second : undefined,
      },
      { t: sample.t, kind: 'target', name: 'process', cpu, memoryMiB: 90 + second },
    ];
  });
}

type Around = (median: number, sigma?: number) => number;

function browserUser(samples: Sample[], session: string, started: number, around: Around): void {
  const about = { session, role: 'resident' as Role, phase: 'steady', via: 'browser' as const };
  samples.push({
    ...about,
    t: started,
    kind: 'event',
    name: 'session-started',
    data: { scenario: BROWSER, due: started },
  });
  samples.push({
    ...about,
    t: started + 100,
    kind: 'event',
    name: 'browser-entries',
    data: { softNavigation: true, longTask: true, longAnimationFrame: true },
  });
  const pages = ['/', '/my-schedule', '/schedule', '/absences'];
  let t = started + 500;
  for (let view = 0; view < 14; view += 1) {
    const page = pages[view % pages.length]!;
    const cold = view < pages.length || undefined;
    const nav = view === 0 ? 'hard' : 'soft';
    const id = `${session}.${view}`;
    const journey = page === '/absences' ? 'request an absence' : 'view my schedule';
    const value = around(page === '/schedule' ? 520 : 240);
    const base = { ...about, journey, page, cold };
    samples.push({
      ...base,
      t: t + value,
      kind: 'step',
      name: `open ${page === '/' ? 'the dashboard' : page.slice(1)}`,
      value,
      unit: 'ms',
      ok: true,
      clock: 'page',
    });
    const request = around(page === '/schedule' ? 160 : 20);
    samples.push({
      ...about,
      journey,
      page,
      t: t + request,
      kind: 'request',
      name: page === '/schedule' ? 'assignments.list' : 'people.list',
      class: page === '/schedule' ? 'complex' : 'crud',
      method: 'GET',
      status: 200,
      value: request,
      unit: 'ms',
      ok: true,
      requestId: `r-${id}`,
    });
    samples.push({
      ...about,
      page,
      t: t + 3000,
      kind: 'event',
      name: 'page-view',
      data: { id, nav, interacted: true, measurable: true, cold: false },
    });
    const vital = {
      ...about,
      page,
      t: t + 3000,
      kind: 'vital' as const,
      view: id,
      nav: nav as 'hard' | 'soft',
      rating: 'good' as const,
      cold,
    };
    samples.push({ ...vital, name: 'LCP', value: around(220), unit: 'ms' });
    samples.push({ ...vital, name: 'FCP', value: around(120), unit: 'ms' });
    if (nav === 'hard') samples.push({ ...vital, name: 'TTFB', value: around(30), unit: 'ms' });
    samples.push({ ...vital, name: 'INP', value: around(48), unit: 'ms' });
    samples.push({ ...vital, name: 'TBT', value: 0, unit: 'ms', attribution: { tasks: 0, frames: 0 } });
    samples.push({ ...vital, name: 'CLS', value: page === '/schedule' ? 0.221 : 0.002, unit: '1' });
    t += 3500;
  }
  samples.push({
    ...about,
    journey: 'view my schedule',
    t,
    kind: 'journey',
    name: 'view my schedule',
    value: t - started,
    unit: 'ms',
    ok: true,
  });
  samples.push({
    ...about,
    t: t + 400,
    kind: 'session',
    name: BROWSER,
    value: t + 400 - started,
    unit: 'ms',
    ok: true,
    due: started - 20,
    started,
  });
}

const OPERATIONS: Array<[name: string, ofClass: OperationClass, method: string, median: number]> = [
  ['people.list', 'crud', 'GET', 19],
  ['schedule.range', 'complex', 'GET', 169],
  ['swaps.validate', 'business', 'POST', 17],
  ['absences.create', 'write', 'POST', 30],
  ['resilience.health', 'resilience', 'GET', 550],
  ['swaps.history', 'crud', 'GET', 24],
];

function httpUser(samples: Sample[], session: string, started: number, around: Around): void {
  const about = { session, role: 'faculty' as Role, phase: 'steady', via: 'http' as const };
  samples.push({
    ...about,
    t: started,
    kind: 'event',
    name: 'session-started',
    data: { scenario: HTTP, due: started },
  });
  let t = started;
  const send = (name: string, ofClass: OperationClass, method: string, value: number) => {
    t += value;
    samples.push({
      ...about,
      journey: 'swap lifecycle',
      t,
      kind: 'request',
      name,
      class: ofClass,
      method,
      status: 200,
      value,
      unit: 'ms',
      ok: true,
    });
    samples.push({ ...about, journey: 'swap lifecycle', t, kind: 'check', name: `${name} fits`, ok: true });
  };
  send('auth.login', 'auth', 'POST', around(310, 0.1));
  for (let round = 0; round < 20; round += 1) {
    const [name, ofClass, method, median] = OPERATIONS[round % OPERATIONS.length]!;
    send(name, ofClass, method, around(median));
    t += 2000;
  }
  send('schedule.generate', 'generation', 'POST', around(1600, 0.2));
  samples.push({
    ...about,
    journey: 'swap lifecycle',
    t,
    kind: 'journey',
    name: 'swap lifecycle',
    value: t - started,
    unit: 'ms',
    ok: true,
  });
  samples.push({
    ...about,
    t,
    kind: 'session',
    name: HTTP,
    value: t - started,
    unit: 'ms',
    ok: true,
    due: started - 5,
    started,
  });
}

/** A page view that loaded scripts of this size, in bytes. */
export function loadingView(page: string, scriptSize: number, { id = page, cold = false } = {}): Sample {
  const loads = {
    ...{ requests: 9, cached: 0, thirdParty: 0, hidden: 0, failed: 0, hiddenScripts: 0 },
    ...{ size: scriptSize, scriptSize },
  };
  return {
    ...{ t: START + 20_000, kind: 'event', name: 'page-view', session: 'b0', page },
    data: { id, nav: 'hard', interacted: false, measurable: false, cold, loads },
  };
}
