import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { nameRequest } from '../../api/operations/name-request.ts';
import { loadThinkTimes } from '../../config/think.ts';
import { journeys } from '../../flows/registry.ts';
import { runBrowserSession } from '../../flows/session.ts';
import { Recorder, SAMPLES_FILE } from '../../measure/run/recorder.ts';
import type { Sample, SampleKind } from '../../measure/run/samples.ts';
import type { SessionOutcome } from '../../measure/session/session.ts';
import { type EmbeddedScheduler, startEmbeddedScheduler } from '../../measure/target/embedded.ts';

/** What came of one session, and what it wrote. */
export interface Seen {
  outcome: SessionOutcome;
  of<K extends SampleKind>(kind: K): Array<Extract<Sample, { kind: K }>>;
}

export interface Session {
  /** Name of the one journey. */
  journey: string;
  /** From this step to the next one elements are given up after `ms`: all other waits keep the usual time. */
  hopeless?: { step: string; ms: number };
}

/** Counts the places in which a text was renamed. */
export interface Renamed {
  places: number;
}

/** Scripts that the server of this worker has delivered, by address. Their names change with their content. */
const scripts = new Map<string, string>();

/** From now on this text is another one in every script that the server delivers to the page. */
export async function rename(page: Page, text: string, other: string): Promise<Renamed> {
  const renamed: Renamed = { places: 0 };
  // A script that is known not to hold the text goes to the page as it is.
  const mayHoldText = ({ href, pathname }: URL) =>
    pathname.endsWith('.js') && (scripts.get(href)?.includes(text) ?? true);
  await page.route(mayHoldText, async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    scripts.set(route.request().url(), script);
    const parts = script.split(text);
    renamed.places += parts.length - 1;
    await route.fulfill({ response, body: parts.join(other) });
  });
  return renamed;
}

interface Fixtures {
  /** Runs one session of the journey's role on the page, in order and without think time. */
  runOne(session: Session): Promise<Seen>;
}

export const test = base.extend<Fixtures, { scheduler: EmbeddedScheduler }>({
  scheduler: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the fixtures it depends on, none here
    async ({}, use) => {
      const settings = { SCHEDULER_PASSWORD_COST_MS: '10' };
      const scheduler = await startEmbeddedScheduler({ size: 'small', settings });
      await use(scheduler);
      await scheduler.stop();
    },
    { scope: 'worker', timeout: 200_000 },
  ],
  baseURL: async ({ scheduler }, use) => use(scheduler.url),
  runOne: async ({ page, scheduler, actionTimeout }, use) => {
    const runDir = mkdtempSync(join(tmpdir(), 'broken-page-'));
    await use((session) =>
      runOne(scheduler, runDir, session, page, (step) => {
        const { hopeless } = session;
        page.setDefaultTimeout(hopeless?.step === step ? hopeless.ms : (actionTimeout ?? 0));
      }),
    );
    rmSync(runDir, { recursive: true, force: true });
  },
});

async function runOne(
  scheduler: EmbeddedScheduler,
  runDir: string,
  session: Session,
  page: Page,
  beforeStep: (name: string) => void,
): Promise<Seen> {
  const [journey, ...others] = journeys.filter(({ name }) => name === session.journey);
  if (!journey || others.length > 0) throw new Error(`flows/: not one journey named "${session.journey}"`);
  const { role } = journey;
  const recorder = new Recorder(runDir);
  const outcome = await runBrowserSession({
    page,
    account: scheduler.accounts.find((account) => account.role === role),
    plan: { id: 's1', name: 'broken', role, via: 'browser', journeys: 1, seed: 1 },
    journeys: [journey],
    inOrder: true,
    recorder,
    runDir,
    runId: 'broken',
    nameRequest,
    thinkTimes: loadThinkTimes(),
    thinkFactor: 0,
    keep: 0, // evidence is tests/faults/evidence.test.ts' business
    around: (name, work) => {
      beforeStep(name);
      return work();
    },
  });
  recorder.close();
  const lines = readFileSync(join(runDir, SAMPLES_FILE), 'utf8').trim().split('\n');
  const samples = lines.map((line) => JSON.parse(line) as Sample);
  return { outcome, of: (kind) => samples.filter((sample) => sample.kind === kind) as never };
}
