import { isMainThread, parentPort } from 'node:worker_threads';
import { WRONG_USE } from '../../config/exit-codes.ts';
import { isPlanned } from './arrivals.ts';

const MESSAGE_TAKEN_AFTER_MS = 200;

let isRefused = false;

/**
 * Ends a run whose script does not name the plugin: nobody plans, records or judges it, and Artillery, which only warns of a
 * plugin that it does not find, would exit with 0. This thread is the first that can know.
 */
export function refuseWithoutPlan(): void {
  if (isMainThread || isPlanned() || isRefused) return;
  isRefused = true;
  console.error(
    'this script does not name the plugin that plans and judges a run. Add to its config: plugins: { suite: {} }',
  );
  // The message by which Artillery's main thread takes an exit code (2.0.34, lib/platform/local/protocol.ts).
  parentPort?.postMessage({ event: 'setSuggestedExitCode', code: WRONG_USE });
  setTimeout(() => process.kill(process.pid, 'SIGINT'), MESSAGE_TAKEN_AFTER_MS);
}

/** At Artillery's word to begin, plugins are there: also where no engine of the suite is named, and nobody is to come. */
export function refuseAtBegin(): void {
  parentPort?.on('message', ({ command }: { command?: string }) => {
    if (command === 'run') refuseWithoutPlan();
  });
}
