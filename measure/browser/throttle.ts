import type { CDPSession } from '@playwright/test';
import type { Throttle } from '../../config/throttle.ts';

/** Bytes a second in a kilobit a second. */
const BYTES_PER_KBIT = 125;

/**
 * Slows a page's network and processor down, for as long as the session lasts: Network.emulateNetworkConditions and
 * Emulation.setCPUThrottlingRate (https://chromedevtools.github.io/devtools-protocol/).
 */
export async function slowDown(devtools: CDPSession, { network, cpuSlowdown }: Throttle): Promise<void> {
  if (network) {
    await devtools.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: network.latencyMs,
      downloadThroughput: network.downloadKbps * BYTES_PER_KBIT,
      uploadThroughput: network.uploadKbps * BYTES_PER_KBIT,
    });
  }
  if (cpuSlowdown > 1) await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
}
