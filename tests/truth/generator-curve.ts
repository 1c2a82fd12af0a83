/**
 * More and more load on the generator, and at each level how wrongly it reads a delay of 200 ms: the curve that the
 * limits in analysis/judge/validity.ts are taken from.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { ascending, percentile } from '../../analysis/statistics/percentile.ts';
import { nameRequest } from '../../api/operations/name-request.ts';
import { HttpWorker } from '../../api/worker/handle.ts';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { loadThinkTimes } from '../../config/think.ts';
import { defineJourney } from '../../flows/journey.ts';
import { runBrowserSession } from '../../flows/session.ts';
import { GeneratorHealth } from '../../measure/health/generator.ts';
import type { LoopLook } from '../../measure/health/loop-delay.ts';
import { Recorder, SAMPLES_FILE } from '../../measure/run/recorder.ts';
import type { GeneratorSample, Sample } from '../../measure/run/samples.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { setFaults } from '../faults/target.ts';
import { inContext } from './stage.ts';

export const DELAY_MS = 200;
/** Left out of each level: sessions begin, and code is compiled. */
const SETTLE_MS = 4000;
const API_PATH = '/api/v1';
const REFERENCE = 'GET /api/v1/rotation-templates';
const HTTP_OPERATION = 'rotations.list';
const BROWSER_ROUTE = 'POST /api/v1/absences';
const BROWSER_STEP = 'submit the absence';
const HTTP_JOURNEY = 'read my schedule over HTTP';
/** A resident who asks for one absence after the other: what is delayed comes often. */
const ABSENCES = 5;
const absenceAfterAbsence = defineJourney({
  name: 'absence after absence',
  role: 'resident',
  weight: 1,
  changes: ['absences'],
  async run({ app, step, data, change }) {
    const calendar = await app.api.calendar(data.today);
    await step('open absences', () => app.absences.open());
    for (let count = 0; count < ABSENCES; count += 1) {
      const absence = data.absence(calendar);
      await step('open the absence dialog', () => app.absences.openAddDialog());
      await step('fill in the absence', () => app.absences.fillIn(absence));
      change({ what: 'absences', name: absence.notes, undo: () => app.api.removeAbsence(absence) });
      await step(BROWSER_STEP, () => app.absences.submit());
    }
  },
});

export interface Level {
  via: 'browser' | 'http';
  /** Sessions at a time, none of which ever thinks. */
  sessions: number;
  /** Observations of the delayed thing. */
  n: number;
  /** How far its median and its p95 are off, as a share of the delay. */
  p50: number;
  p95: number;
  /** What the reference client read at the same time, ms. */
  reference: number;
  /** p95 over the level's seconds, as a run's summary has them. */
  cpu: number;
  loopDelay: number;
  loopWait: number;
  loopUse: number;
  hostCpu: number;
  pressure: number;
}

type Sorted = ReturnType<typeof ascending>;

interface Window {
  samples: Sample[];
  /** What the reference client read, ms. */
  reference: Sorted;
}

/** What a curve is measured on: the embedded scheduler, one browser, and the reference client. */
export class GeneratorCurve {
  readonly #scheduler: EmbeddedScheduler;
  #base: { step: Sorted; reference: Sorted } | undefined;

  private constructor(scheduler: EmbeddedScheduler) {
    this.#scheduler = scheduler;
  }

  static async open(): Promise<GeneratorCurve> {
    const settings = { SCHEDULER_PASSWORD_COST_MS: '10' };
    return new GeneratorCurve(await startEmbeddedScheduler({ size: 'small', settings }));
  }

  async close(): Promise<void> {
    await this.#scheduler.stop();
  }

  async http(sessions: number, seconds: number): Promise<Level> {
    const target = await this.#replayingTarget();
    const apiUrl = `${target.origin}${API_PATH}`;
    const window = await this.#measure(
      { seconds, sessions, apiUrl, pid: target.pid },
      (runDir, until, presence) => {
        const api = new HttpWorker({
          runDir,
          apiUrl,
          seed: 1,
          runId: 'curve',
          thinkFactor: 0,
          mayChange: [],
        });
        return {
          httpLoop: () => api.takeLoop(),
          run: async (index) => {
            const about = { role: 'resident', via: 'http', journeys: 10_000, until, seed: index } as const;
            const plan = { ...about, id: `h${index}`, name: 'curve', only: [HTTP_JOURNEY] };
            const { ok, error } = await api.run(plan, this.#resident(index));
            presence.users -= 1;
            if (!ok) throw new Error(error);
          },
          stop: () => api.stop(),
        };
      },
    );
    const read = window.samples.filter(
      (sample) => sample.kind === 'request' && sample.name === HTTP_OPERATION && sample.ok,
    );
    target.end();
    return { via: 'http', sessions, ...compare(valuesOf(read), window.reference), ...healthOf(window) };
  }

  /** @param base what an idle generator read without the delay; default: measured first, with one session */
  async browsers(sessions: number, seconds: number): Promise<Level> {
    const base = this.#base ?? stepsAndReference(await this.#browserWindow(1, seconds));
    this.#base = base;
    const delayed = [BROWSER_ROUTE, REFERENCE].map((route) => ({ route, delayMs: DELAY_MS }));
    await setFaults(this.#scheduler.url, delayed);
    const window = await this.#browserWindow(sessions, seconds);
    const { step, reference } = stepsAndReference(window);
    // What an idle generator would have read: its own work, the delay, and what the target took longer than that.
    const expected = (share: number) =>
      at(base.step, share) + at(reference, share) - at(base.reference, share);
    return {
      via: 'browser',
      sessions,
      n: step.length,
      p50: (at(step, 0.5) - expected(0.5)) / DELAY_MS,
      p95: (at(step, 0.95) - expected(0.95)) / DELAY_MS,
      reference: at(reference, 0.5),
      ...healthOf(window),
    };
  }

  async #browserWindow(sessions: number, seconds: number): Promise<Window> {
    const executablePath = findBrowser(readEnvironment()).path;
    const browser = await chromium.launch({ executablePath, args: launchArgs({}) });
    const { apiUrl, pid } = this.#scheduler;
    return this.#measure({ seconds, sessions, apiUrl, pid }, (runDir, until, presence, recorder) => ({
      run: async (index) => {
        for (let pass = 1; Date.now() < until; pass += 1) {
          const about = { role: 'resident', via: 'browser', journeys: 1, seed: index } as const;
          const { ok, error } = await inContext(browser, this.#scheduler.url, (page) =>
            runBrowserSession({
              page,
              account: this.#resident(index),
              plan: { ...about, id: `b${index}.${pass}`, name: 'curve' },
              journeys: [absenceAfterAbsence],
              inOrder: true,
              recorder,
              runDir,
              runId: 'curve',
              nameRequest,
              thinkTimes: loadThinkTimes(),
              thinkFactor: 0,
            }),
          );
          if (!ok) throw new Error(error);
        }
        presence.users -= 1;
      },
      stop: () => browser.close(),
    }));
  }

  async #measure(
    { seconds, sessions, apiUrl, pid }: { seconds: number; sessions: number; apiUrl: string; pid: number },
    prepare: (
      runDir: string,
      until: number,
      presence: { users: number },
      recorder: Recorder,
    ) => { httpLoop?: () => LoopLook | undefined; run(index: number): Promise<void>; stop(): Promise<void> },
  ): Promise<Window> {
    const runDir = mkdtempSync(join(tmpdir(), 'load-suite-curve-'));
    const recorder = new Recorder(runDir);
    const from = Date.now() + SETTLE_MS;
    const until = from + seconds * 1000;
    const presence = { users: sessions };
    const load = prepare(runDir, until, presence, recorder);
    const reference: number[] = [];
    const client = await this.#referenceClient(apiUrl, (ms) => {
      if (Date.now() >= from && Date.now() < until) reference.push(ms);
    });
    const health = new GeneratorHealth(recorder, {
      target: pid,
      presence: () => ({ ...presence, browserUsers: 0, httpUsers: 0 }),
      httpLoop: load.httpLoop,
    });
    try {
      await Promise.all(Array.from({ length: sessions }, (_, index) => load.run(index)));
    } finally {
      health.stop();
      client.kill();
      await load.stop();
      recorder.close();
    }
    const lines = readFileSync(join(runDir, SAMPLES_FILE), 'utf8').trim().split('\n');
    rmSync(runDir, { recursive: true, force: true });
    const samples = lines.map((line) => JSON.parse(line) as Sample).filter(({ t }) => t >= from && t < until);
    if (reference.includes(-1)) throw new Error('the reference client was not answered');
    return { samples, reference: ascending(reference) };
  }

  async #referenceClient(apiUrl: string, heard: (ms: number) => void): Promise<ChildProcess> {
    const { username, password } = this.#resident(0);
    const answer = await fetch(`${this.#scheduler.apiUrl}/auth/login/json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const url = `${apiUrl}${REFERENCE.replace(`GET ${API_PATH}`, '')}`;
    const client = fork(resolve(ROOT, 'tests/truth/reference-client.ts'), [url, `Bearer ${token}`]);
    client.on('message', (ms) => heard(ms as number));
    return client;
  }

  async #replayingTarget() {
    await setFaults(this.#scheduler.url, []);
    const program = resolve(ROOT, 'tests/truth/replaying-target.ts');
    const path = REFERENCE.replace('GET ', '');
    const child = fork(program, [this.#scheduler.url, path, String(DELAY_MS)]);
    const port = await new Promise<number>((done) => child.once('message', (said) => done(said as number)));
    const end = () => void child.kill();
    return { origin: `http://127.0.0.1:${port}`, pid: child.pid as number, end };
  }

  #resident(index: number) {
    const residents = this.#scheduler.accounts.filter(({ role }) => role === 'resident');
    const account = residents[index % residents.length];
    if (!account) throw new Error('the scheduler came without residents');
    return account;
  }
}

function at(sorted: Sorted, share: number): number {
  return percentile(sorted, share) ?? Number.NaN;
}

function valuesOf(samples: readonly Sample[]): Sorted {
  return ascending(samples.map((sample) => ('value' in sample ? sample.value : Number.NaN)));
}

function stepsAndReference({ samples, reference }: Window) {
  const steps = samples.filter(
    (sample) => sample.kind === 'step' && sample.name === BROWSER_STEP && sample.ok,
  );
  return { step: valuesOf(steps), reference };
}

function compare(read: Sorted, reference: Sorted) {
  return {
    n: read.length,
    p50: (at(read, 0.5) - at(reference, 0.5)) / DELAY_MS,
    p95: (at(read, 0.95) - at(reference, 0.95)) / DELAY_MS,
    reference: at(reference, 0.5),
  };
}

function healthOf({ samples }: Window) {
  const seconds = samples.filter((sample): sample is GeneratorSample => sample.kind === 'generator');
  const p95 = (key: 'cpu' | 'loopDelay' | 'loopWait' | 'loopUse' | 'hostCpu' | 'cpuPressure') =>
    at(ascending(seconds.map((second) => second[key] ?? Number.NaN)), 0.95);
  return {
    cpu: p95('cpu'),
    loopDelay: p95('loopDelay'),
    loopWait: p95('loopWait'),
    loopUse: p95('loopUse'),
    hostCpu: p95('hostCpu'),
    pressure: p95('cpuPressure'),
  };
}
