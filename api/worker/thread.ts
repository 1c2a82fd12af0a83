/**
 * Entry of the worker thread in which HTTP sessions run: browser work in the main thread's event loop would
 * otherwise show up as latency of the target.
 */
import { setMaxListeners } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { loadThinkTimes } from '../../config/think.ts';
import { factsOf } from '../../measure/errors/classified-error.ts';
import { LoopDelay } from '../../measure/health/loop-delay.ts';
import { Recorder } from '../../measure/run/recorder.ts';
import { CheckRate } from '../client/check-rate.ts';
import { connectionsTo } from '../client/connections.ts';
import { addHttpJourneys } from '../journeys/registry.ts';
import { runHttpSession } from '../session.ts';
import { NoteTaker } from './live-notes.ts';
import type { FromThread, HttpWorkerData, ToThread } from './messages.ts';
import { RequestTally } from './request-tally.ts';

const REPORT_EVERY_MS = 250;

if (!parentPort)
  throw new Error(
    'api/worker/thread.ts is started as a worker thread by api/worker/handle.ts, not by itself',
  );
const port = parentPort;
const post = (message: FromThread) => port.postMessage(message);

const {
  runDir,
  keep,
  apiUrl,
  seed,
  runId,
  thinkFactor,
  mayChange,
  pace,
  insecureTls,
  limits,
  checkRate,
  live,
  ownConnections,
  moreJourneys,
} = workerData as HttpWorkerData;
if (moreJourneys) addHttpJourneys((await import(moreJourneys)).default);
const notes = live ? new NoteTaker() : undefined;
const recorder = new Recorder(runDir, { onSample: notes && ((sample) => notes.take(sample)) });
const dispatcher = ownConnections ? undefined : connectionsTo(apiUrl, insecureTls);
const stopping = new AbortController();
// One listener for each pause under way, and one for all requests.
setMaxListeners(0, stopping.signal);
const thinkTimes = loadThinkTimes();
const running = new Set<Promise<void>>();

const tally = new RequestTally();
const report = () => {
  const requests = tally.take();
  if (requests) post({ type: 'requests', requests });
  if (notes) post({ type: 'live', notes: notes.handOver() });
};
const loop = new LoopDelay();
const reporting = setInterval(() => {
  report();
  post({ type: 'loop', look: loop.take() });
}, REPORT_EVERY_MS).unref();

const baseContext = {
  recorder,
  runDir,
  keep,
  apiUrl,
  runId,
  thinkFactor,
  mayChange,
  pace,
  limits,
  thinkTimes,
  dispatcher,
  insecureTls,
  checkRate: new CheckRate(checkRate),
  signal: stopping.signal,
  onRequest: tally.add.bind(tally),
};

async function run({ id, plan, account }: Extract<ToThread, { type: 'session' }>): Promise<void> {
  let outcome: { ok: boolean; error?: string };
  try {
    outcome = await runHttpSession({ plan: { ...plan, seed: plan.seed ?? seed }, account, baseContext });
  } catch (error) {
    // The session did not get as far as its own samples: without this one nobody would miss it.
    outcome = { ok: false, error: (error as Error).message };
    const { id: session, role, phase } = plan;
    const told = { t: Date.now(), session, role, phase, via: 'http' as const, ...factsOf(error) };
    recorder.write({ ...told, kind: 'error', name: 'session not started', error: outcome.error ?? '' });
  }
  // What the session wrote is in the file before the main thread hears of its end.
  recorder.flush();
  report();
  post({ type: 'done', id, ok: outcome.ok, error: outcome.error });
}

async function stop(): Promise<void> {
  stopping.abort();
  await Promise.allSettled(running);
  clearInterval(reporting);
  report();
  recorder.close();
  await dispatcher?.destroy();
  post({ type: 'stopped' });
  port.close();
}

port.on('message', (message: ToThread) => {
  if (message.type === 'stop') {
    void stop();
    return;
  }
  if (message.type === 'flush') {
    recorder.flush();
    post({ type: 'flushed' });
    return;
  }
  const session = run(message).finally(() => running.delete(session));
  running.add(session);
});
