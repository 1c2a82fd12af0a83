/** A known delay on one endpoint, and what the suite says of it: sessions with and without, one after the other. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { percentile } from '../../analysis/statistics/percentile.ts';
import { nameRequest } from '../../api/operations/name-request.ts';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { readEnvironment } from '../../config/environment.ts';
import { loadThinkTimes } from '../../config/think.ts';
import { journeys } from '../../flows/registry.ts';
import { runBrowserSession } from '../../flows/session.ts';
import { Recorder, SAMPLES_FILE } from '../../measure/recorder.ts';
import type { RequestSample, Sample, StepSample } from '../../measure/run/samples.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';

export const DELAY_MS = 300;
const ROUTE = 'POST /api/v1/absences';
export const OPERATION = 'absences.create';
export const STEP = 'submit absence';
const JOURNEY = 'request an absence';
/** The first sessions warm up browser and target; they are thrown away. */
const WARM_UP = 2;

export interface Row {
  name: string;
  n: [without: number, withDelay: number];
  /** ms */
  medians: [without: number, withDelay: number];
  moved: number;
  /** The larger of the two interquartile ranges, ms. */
  spread: number;
  /** Calls the delayed endpoint. */
  calls: boolean;
}

export interface Trial {
  steps: Row[];
  operations: Row[];
  /** Sessions that failed, in their own words. */
  failures: string[];
}

/** Runs `n` sessions without and `n` with the delay, in turn (A B B A …), each in a fresh context. */
export async function delayTrial(n: number): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-delay-'));
  const scheduler = await startEmbeddedScheduler({
    size: 'small',
    settings: { SCHEDULER_PASSWORD_COST_MS: '10' },
  });
  const executablePath = findBrowser(readEnvironment()).path;
  const browser = await chromium.launch({ executablePath, args: launchArgs({}) });
  const recorder = new Recorder(folder);
  const failures: string[] = [];
  try {
    for (let index = -WARM_UP; index < 2 * n; index += 1) {
      const isDelayed = [1, 2].includes(((index % 4) + 4) % 4);
      const rules = isDelayed ? [{ route: ROUTE, delayMs: DELAY_MS }] : [];
      const kind = index < 0 ? 'warm-up' : isDelayed ? 'with' : 'without';
      await setFaults(scheduler.url, rules);
      const outcome = await oneSession(`${kind} ${index}`);
      if (!outcome.ok) failures.push(outcome.error ?? 'a session failed');
    }
    recorder.close();
    const text = readFileSync(join(folder, SAMPLES_FILE), 'utf8').trim();
    return { ...evaluate(text.split('\n').map((line) => JSON.parse(line) as Sample)), failures };
  } finally {
    recorder.close();
    await browser.close();
    await scheduler.stop();
    rmSync(folder, { recursive: true, force: true });
  }

  async function oneSession(id: string) {
    const account = scheduler.accounts.find(({ role }) => role === 'resident');
    if (!account) throw new Error('the scheduler came without residents');
    const context = await browser.newContext({
      baseURL: scheduler.url,
      viewport: { width: 1440, height: 900 },
      timezoneId: 'UTC',
    });
    const page = await context.newPage();
    try {
      return await runBrowserSession({
        page,
        account,
        plan: { id, name: 'delay', role: 'resident', via: 'browser', journeys: 1, seed: 1 },
        journeys: journeys.filter(({ name }) => name === JOURNEY),
        inOrder: true,
        recorder,
        runDir: folder,
        runId: 'delay',
        nameRequest,
        thinkTimes: loadThinkTimes(),
        thinkFactor: 0,
      });
    } finally {
      await context.close();
    }
  }
}

async function setFaults(url: string, rules: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/__faults`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rules),
  });
  if (!response.ok) throw new Error(`the faults were refused: ${await response.text()}`);
}

function evaluate(samples: readonly Sample[]): Omit<Trial, 'failures'> {
  const kept = samples.filter(({ session }) => session && !session.startsWith('warm-up'));
  const steps = kept.filter((sample): sample is StepSample => sample.kind === 'step' && sample.ok);
  const requests = kept.filter((sample): sample is RequestSample => sample.kind === 'request' && sample.ok);
  const callers = new Set(requests.filter(({ name }) => name === OPERATION).map(({ step }) => step));
  return {
    steps: rows(steps, (name) => callers.has(name)),
    operations: rows(requests, (name) => name === OPERATION),
  };
}

function rows(samples: ReadonlyArray<StepSample | RequestSample>, calls: (name: string) => boolean): Row[] {
  const names = [...new Set(samples.map(({ name }) => name))];
  return names.map((name) => {
    const valuesOf = (kind: string) =>
      samples
        .filter((sample) => sample.name === name && sample.session?.startsWith(`${kind} `))
        .map(({ value }) => value)
        .sort((a, b) => a - b);
    const both = [valuesOf('without'), valuesOf('with')] as const;
    const at = (values: number[], share: number) => percentile(values, share) ?? Number.NaN;
    const medians: Row['medians'] = [at(both[0], 0.5), at(both[1], 0.5)];
    return {
      name,
      n: [both[0].length, both[1].length],
      medians,
      moved: medians[1] - medians[0],
      spread: Math.max(...both.map((values) => at(values, 0.75) - at(values, 0.25))),
      calls: calls(name),
    };
  });
}
