/** Slower networks and processors than the generator's own, for browsers. */

/** What a request of a browser meets at least. */
export interface Network {
  /** From sending a request to the head of its answer, ms. */
  latencyMs: number;
  downloadKbps: number;
  uploadKbps: number;
}

/**
 * By name, as `THROTTLE` takes them. cable, 4g and 3g are WebPageTest's profiles
 * (https://github.com/WPO-Foundation/webpagetest/blob/master/www/settings/connectivity.ini.sample); slow-4g is what
 * Lighthouse takes for a phone (https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md). The browser
 * holds back requests, not packets: the round trip is added to each request once.
 */
export const NETWORKS = {
  cable: { latencyMs: 28, downloadKbps: 5000, uploadKbps: 1000 },
  '4g': { latencyMs: 170, downloadKbps: 9000, uploadKbps: 9000 },
  'slow-4g': { latencyMs: 150, downloadKbps: 1638, uploadKbps: 750 },
  '3g': { latencyMs: 300, downloadKbps: 1600, uploadKbps: 768 },
} as const satisfies Record<string, Network>;

export type NetworkName = keyof typeof NETWORKS;

/** Conditions that browsers of a run work under. */
export interface Throttle {
  /** Absent: the network as it is. */
  network?: Network & { name: NetworkName };
  /** The page's processor is this many times slower; 1: as it is. */
  cpuSlowdown: number;
}

/** Undefined: nothing is slowed down. */
export function throttleOf(name: NetworkName | 'off', cpuSlowdown: number): Throttle | undefined {
  if (name === 'off' && cpuSlowdown === 1) return undefined;
  return { network: name === 'off' ? undefined : { name, ...NETWORKS[name] }, cpuSlowdown };
}
