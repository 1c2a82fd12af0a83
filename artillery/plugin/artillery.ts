/** What the suite uses of Artillery's own objects (2.0.34; they are not typed there). */
import type { Browser } from '@playwright/test';

export interface EventSource {
  on(name: 'phaseStarted', listener: (phase: { index?: number; name?: string }) => void): unknown;
  on(name: 'done', listener: (report: unknown) => void): unknown;
}

export interface ArtilleryGlobal {
  ext(extension: { ext: 'beforeExit'; method: (event: { earlyStop?: boolean }) => Promise<void> }): void;
  shutdown(options: { earlyStop?: boolean; exitCode: number }): Promise<void>;
  suggestedExitCode?: number;
  testInfo?: { flags?: { quiet?: boolean } };
  /** The browser that the Playwright engine shares among its users. */
  __browser?: Pick<Browser, 'newContext' | 'contexts' | 'close'>;
}

export function artilleryGlobal(): ArtilleryGlobal {
  return (globalThis as unknown as { artillery: ArtilleryGlobal }).artillery;
}

/** Events of one scenario, as engines and flow functions get them. */
export interface ScenarioEvents {
  emit(name: 'started'): unknown;
  emit(name: 'counter' | 'histogram', metric: string, value: number): unknown;
  emit(name: 'error', code: string): unknown;
}
