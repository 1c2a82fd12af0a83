import { FAILED } from '../../config/exit-codes.ts';
import type { WorkerThread } from './worker-thread.ts';

/** Ends a process that has run nothing: one line for what a user can fix or has asked for, and its exit code. */
export async function leave(error: unknown, worker: WorkerThread): Promise<never> {
  await worker.up();
  if (error instanceof Error && 'exitCode' in error && typeof error.exitCode === 'number') {
    console.error(error.message);
    process.exit(error.exitCode);
  }
  console.error(error);
  process.exit(FAILED);
}
