/** How pages are audited: form factor and throttling, as Lighthouse takes them. */

import type { Result } from 'lighthouse';
import { type Config, desktopConfig, type Flags } from 'lighthouse';

export const FORM_FACTORS = ['desktop', 'mobile'] as const;
export const THROTTLINGS = ['none', 'devtools', 'simulate'] as const;
export type FormFactor = (typeof FORM_FACTORS)[number];
export type Throttling = (typeof THROTTLINGS)[number];

export interface AuditSettings {
  formFactor: FormFactor;
  throttling: Throttling;
  repeats: number;
}

/**
 * Lighthouse's desktop network (40 ms, 10 Mbit/s) for requests that DevTools hold back: it gives none, and adjusts its mobile one
 * by these factors (core/config/constants.js).
 */
const RTT_FACTOR = 3.75;
const THROUGHPUT_FACTOR = 0.9;

/** @returns what a page's load or a journey is audited with; storage, and so the sign-in, is kept */
export function lighthouseOptions({ formFactor, throttling }: AuditSettings): {
  config?: Config;
  flags: Flags;
} {
  const throttlingMethod = throttling === 'none' ? 'provided' : throttling;
  const flags: Flags = {
    disableStorageReset: true,
    throttlingMethod,
    output: ['html', 'json'],
    logLevel: 'silent',
  };
  if (formFactor === 'mobile') return { flags };
  const { throttling: desktop } = desktopConfig.settings ?? {};
  const { rttMs = 0, throughputKbps = 0 } = desktop ?? {};
  const held = {
    ...desktop,
    requestLatencyMs: rttMs * RTT_FACTOR,
    downloadThroughputKbps: throughputKbps * THROUGHPUT_FACTOR,
    uploadThroughputKbps: throughputKbps * THROUGHPUT_FACTOR,
  };
  return { config: desktopConfig, flags: throttling === 'devtools' ? { ...flags, throttling: held } : flags };
}

/** What slowed the page down in fact: Lighthouse changes what a part cannot have. */
export function effectiveThrottling({ throttlingMethod, throttling }: Result['configSettings']): string {
  if (throttlingMethod === 'provided') return 'none';
  const { rttMs, throughputKbps, requestLatencyMs, downloadThroughputKbps, cpuSlowdownMultiplier } =
    throttling;
  const [latency, speed] =
    throttlingMethod === 'simulate' ? [rttMs, throughputKbps] : [requestLatencyMs, downloadThroughputKbps];
  return `${throttlingMethod}: ${Math.round(latency)} ms, ${Math.round(speed)} kbit/s, CPU ${cpuSlowdownMultiplier} times slower`;
}
