import { setTimeout as delay } from 'node:timers/promises';
import { duration } from '../../analysis/format.ts';
import { countedFor } from '../../measure/target/unpaced-sign-ins.ts';

/** A run that is being ended does not wait longer than this. */
const LOOK_EVERY_MS = 250;

/** Before a paced run: waits while the target still counts the sign-ins of a command before it, unless the run is ended meanwhile. */
export async function untilNotCounted(
  apiUrl: string,
  cacheDir: string,
  isEnded: () => boolean,
): Promise<void> {
  const ms = countedFor(apiUrl, cacheDir);
  if (ms === 0) return;
  console.log(
    `before the run: waiting ${duration(ms / 1000)}, until the target no longer counts the sign-ins of a command before it`,
  );
  const end = performance.now() + ms;
  while (performance.now() < end && !isEnded()) await delay(Math.min(LOOK_EVERY_MS, end - performance.now()));
}
