import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import { FAILED } from '../../config/exit-codes.ts';
import type { WorkerThread } from './worker-thread.ts';

/** Ends a process that has run nothing: one line for a mistake that a user can mend, and the exit code of design §5.6. */
export async function leave(error: unknown, worker: WorkerThread): Promise<never> {
  await worker.up();
  if (error instanceof ConfigError || error instanceof TargetUnreachable) {
    console.error(error.message);
    process.exit(error.exitCode);
  }
  console.error(error);
  process.exit(FAILED);
}
