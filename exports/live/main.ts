/**
 * A process beside a run: reads its samples as they are written, shows live figures at METRICS_PORT and sends them to LIVE_TO.
 * Started by `start-live.ts` with the run directory; ends when it is sent `end`, or when the run is gone.
 */
import { setPriority } from 'node:os';
import { readEnvironment } from '../../config/environment.ts';
import { loadKnownDefects } from '../../config/known-defects.ts';
import { secretsOfServers, serverNamed } from '../../config/metric-servers.ts';
import { readRunJson } from '../../measure/run/directory.ts';
import { boundedRows } from '../bounded-rows.ts';
import { openServer } from '../open-server.ts';
import { GrowingSamples } from './growing-samples.ts';
import { LiveFigures } from './live-figures.ts';
import { serveMetrics } from './metrics-page.ts';
import { Pusher } from './pusher.ts';

const LOOK_EVERY = 1000;
const PUSH_EVERY = 10_000;
/** Gives way to everything else on the machine. */
const LOWEST_PRIORITY = 19;

const [runDir = ''] = process.argv.slice(2);
const warn = (line: string) => console.error(line);
try {
  setPriority(LOWEST_PRIORITY);
} catch {
  // not everybody may
}
// Ctrl+C reaches this process too: the run says when it ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
process.on('disconnect', () => process.exit());

const { metricServers } = readEnvironment();
const samples = new GrowingSamples(runDir);
const figures = new LiveFigures(readRunJson(runDir), loadKnownDefects());
const secrets = secretsOfServers(metricServers);
const pushers = await Promise.all(
  metricServers.liveTo.map(
    async (name) => new Pusher(await openServer(serverNamed(name, metricServers), secrets), warn),
  ),
);

const look = () => {
  for (const sample of samples.added()) figures.add(sample);
};
const rows = () => boundedRows(figures.rows(Date.now())).rows;
const push = () => {
  if (pushers.length === 0) return;
  const now = rows();
  for (const pusher of pushers) pusher.push(now);
};

setInterval(look, LOOK_EVERY);
setInterval(push, PUSH_EVERY);
if (metricServers.port !== undefined) {
  const { port } = metricServers;
  await serveMetrics(port, rows).catch((error: Error) => {
    warn(`METRICS_PORT=${port}: ${error.message}; /metrics is not shown, the run goes on.`);
  });
}
process.on('message', async (message) => {
  if (message !== 'end') return;
  await Promise.all(pushers.map((pusher) => pusher.settled()));
  look();
  push();
  await Promise.all(pushers.map((pusher) => pusher.settled()));
  process.exit();
});
process.send?.('ready');
