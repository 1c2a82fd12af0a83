/** Every way in which something comes into sight or goes, measured at several delays: each step is exact, or says by how much it is not. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser, launchArgs } from '../../config/browser.ts';
import { readEnvironment } from '../../config/environment.ts';
import { PageObserver } from '../../measure/browser/page-observer.ts';
import type { Sample, StepSample } from '../../measure/run/samples.ts';
import { Screen } from '../../measure/steps/screen.ts';
import { Steps } from '../../measure/steps/steps.ts';
import { startPageServer } from '../browser/page-server.ts';
import {
  type Hand,
  lookedAtLate,
  type MeasuredWay,
  measureWay,
  WAYS,
  type Way,
  wrongWith,
} from '../browser/ways.ts';
import type { ProofRow } from './proof.ts';
import { withRepetition } from './repetition.ts';
import { inContext } from './stage.ts';

const DELAYS_MS = [50, 300, 1000];
const SHORT_DELAYS_MS = [130];

/** @param short at one delay, and each way looked for at once */
export async function waysRows(short: boolean): Promise<ProofRow[]> {
  const delays = short ? SHORT_DELAYS_MS : DELAYS_MS;
  const runDir = mkdtempSync(join(tmpdir(), 'load-suite-ways-'));
  const site = await startPageServer();
  const browser = await chromium.launch({
    executablePath: findBrowser(readEnvironment()).path,
    args: launchArgs({}),
  });
  try {
    return await inContext(browser, site.url, async (page) => {
      const samples: Sample[] = [];
      const write = (sample: Sample) => void samples.push(sample);
      const observer = await PageObserver.attach(page, { session: 'ways' }, write, () => undefined);
      const steps = new Steps({ write, observer, session: 'ways', runDir });
      const screen = new Screen(page, steps, observer);
      const lastStep = () => samples.findLast((sample): sample is StepSample => sample.kind === 'step');
      const rows: ProofRow[] = [];
      const hand = { page, screen, steps, lastStep };
      const add = async (what: string, all: readonly number[], at: Parameters<typeof rowOf>[2]) =>
        void rows.push(
          ...(await withRepetition(all.length, async (_n, attempt) => [
            await rowOf(what, attempt === 1 ? all : [...all, ...all], at),
          ])),
        );
      for (const way of WAYS) {
        await add(way.name, delays, (delay) => [hand, way, delay]);
        if (way.looks && !short)
          await add(`${way.name}, looked at late`, delays.slice(0, 1), (delay) => [
            hand,
            lookedAtLate(way, delay),
            delay,
          ]);
      }
      return rows;
    });
  } finally {
    await browser.close();
    await site.close();
    rmSync(runDir, { recursive: true, force: true });
  }
}

async function rowOf(
  what: string,
  delays: readonly number[],
  at: (delay: number) => [hand: Hand, way: Way, delay: number],
): Promise<ProofRow> {
  const measured: Array<MeasuredWay & { way: Way }> = [];
  for (const delay of delays) {
    const [hand, way] = at(delay);
    measured.push({ way, ...(await measureWay(hand, way, delay)) });
  }
  return {
    what: `end of a step: ${what}`,
    injected: `${measured.map(({ truth }) => truth.toFixed(1)).join(', ')} ms by the page`,
    found: measured.map((one) => described(one.way, one)).join(', '),
    n: measured.length,
    allowed: 'exact: ± a gap between frames and 2 ms; coarse: as much too long as it says',
    ok: measured.every((one) => wrongWith(one.way, one) === undefined),
  };
}

function described(way: Way, one: MeasuredWay): string {
  const { value, clock, offByAtMost } = one.sample;
  const how = clock === 'page' ? 'exact' : `coarse by ${offByAtMost}`;
  const wrong = wrongWith(way, one);
  return `${value} (${how})${wrong ? ` ${wrong}` : ''}`;
}
