/** Preloaded into each thread of a run (NODE_OPTIONS=--import): breaks the one that BREAK_WORKER names, as it names, once the file BREAK_AT is there. */
import { existsSync } from 'node:fs';
import { isMainThread, workerData } from 'node:worker_threads';

const [worker, how] = (process.env.BREAK_WORKER ?? '').split(' ');
const isNamed = worker === 'http' ? workerData?.apiUrl !== undefined : workerData == null;
const ways = {
  exits: () => process.exit(1),
  throws: () => {
    throw new Error('out of order');
  },
  hangs: () => {
    for (;;);
  },
};
if (!isMainThread && isNamed)
  setInterval(() => {
    if (existsSync(process.env.BREAK_AT)) ways[how]();
  }, 100);
