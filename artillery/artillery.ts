/** What the suite uses of Artillery's own objects (2.0.34; they are not typed there). */
import type { Browser } from '@playwright/test';
import type { ArtilleryFlags } from './profile/own-target.ts';
import type { Phase } from './profile/phase.ts';
import type { Plan } from './profile/plan.ts';
import type { Script } from './profile/script.ts';

export interface EventSource {
  on(name: 'phaseStarted', listener: (phase: { index?: number; name?: string }) => void): unknown;
  on(name: 'done', listener: (report: unknown) => void): unknown;
}

export interface ArtilleryGlobal {
  ext(extension: { ext: 'beforeExit'; method: (event: { earlyStop?: boolean }) => Promise<void> }): void;
  /** Prints a line. */
  log(...words: unknown[]): void;
  /** Absent until the run is set up. */
  shutdown?(options: { earlyStop?: boolean; exitCode: number }): Promise<void>;
  suggestedExitCode?: number;
  testInfo?: {
    flags?: ArtilleryFlags & { quiet?: boolean };
    /** Of the script that is going to be run, and not copies of them. */
    metadata?: { testConfig?: { phases?: Phase[]; plugins?: Script['config']['plugins'] } };
  };
  /** The browser that the Playwright engine shares among its users. */
  __browser?: Pick<Browser, 'newContext' | 'contexts' | 'close'>;
}

export function artilleryGlobal(): ArtilleryGlobal {
  return (globalThis as unknown as { artillery: ArtilleryGlobal }).artillery;
}

/**
 * Puts the plan into the script that Artillery is about to give to its worker: it takes no phase there that has neither
 * arrivals nor a pause, and spreads rates among several workers (2.0.34, lib/dist.ts). Plugins get a copy of the script; what
 * the metadata of the test refers to is the script itself (lib/cmds/run.ts), and plugins are made before it is dealt out.
 */
export function handOver(plan: Plan, artillery: ArtilleryGlobal): void {
  const { phases, plugins } = artillery.testInfo?.metadata?.testConfig ?? {};
  if (!phases || !plugins?.suite)
    throw new Error('this Artillery does not show its script: 2.0.34 is needed');
  phases.splice(0, phases.length, ...plan.scaled);
  plugins.suite = { ...plugins.suite, plan };
}

/** Events of one scenario, as engines and flow functions get them. */
export interface ScenarioEvents {
  emit(name: 'started'): unknown;
  emit(name: 'counter' | 'histogram', metric: string, value: number): unknown;
  emit(name: 'error', code: string): unknown;
}
