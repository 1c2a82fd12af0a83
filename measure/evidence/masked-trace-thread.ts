/** Entry of the worker thread in which one trace is masked; started by session-trace.ts. */
import { workerData } from 'node:worker_threads';
import { masker } from '../run/mask.ts';
import { copyMasked } from './masked-trace.ts';

export interface TraceToMask {
  from: string;
  to: string;
  secrets: readonly string[];
}

const { from, to, secrets } = workerData as TraceToMask;
copyMasked(from, to, masker(secrets));
