/**
 * A process of its own that does nothing but ask one address ten times a second over one open connection and note how
 * long each answer took: what the target did, read by somebody who has nothing else to do.
 * `node tests/truth/reference-client.ts URL COOKIE`; each answer's time goes to the parent, ms.
 */
import { Agent, get } from 'node:http';
import os from 'node:os';
import { setInterval as every } from 'node:timers/promises';

const PERIOD_MS = 100;
const [url = '', authorization = ''] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true });
process.on('disconnect', () => process.exit());
try {
  os.setPriority(-10); // what it tells must not depend on the load that it is compared with
} catch {
  // Only root may; then its own waits for a core are in its figures, and the comparison is milder than the truth.
}

for await (const _ of every(PERIOD_MS)) {
  const begun = performance.now();
  const request = get(url, { agent, headers: { authorization } }, (answer) => {
    answer.resume();
    answer.on('end', () => process.send?.(answer.statusCode === 200 ? performance.now() - begun : -1));
  });
  request.on('error', () => process.send?.(-1));
}
