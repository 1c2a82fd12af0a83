import { isAllowed, type MayChange, type MutationKind } from '../../config/changes.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { Changes } from '../../measure/session/changes.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import type { HttpJourneyTools } from '../journey.ts';
import type { Operation } from '../operation.ts';
import { type Caller, ChapterEnd } from './caller.ts';
import type { Known } from './known.ts';

export interface ChapterTools extends Pick<HttpJourneyTools, 'data' | 'change'> {
  caller: Caller;
  /** Rows of the target that calls can name. */
  known: Known;
}

/** Calls of operations that belong together: what one makes, the next reads, changes and takes away. */
export interface Chapter {
  /** What it changes: runs only where the environment allows all of that. Empty: it only reads. */
  changes: readonly MutationKind[];
  /** What it calls. */
  operations: readonly Pick<Operation, 'name'>[];
  run(tools: ChapterTools): Promise<void>;
}

/**
 * Runs one chapter and takes back what it changed. An operation that it did not come to is noted as not called.
 * @param write gets the events of its changes
 * @throws Interruption
 */
export async function runChapter(
  { changes, operations, run }: Chapter,
  tools: Omit<ChapterTools, 'change'>,
  { mayChange, write }: { mayChange: MayChange; write: (sample: Sample) => void },
): Promise<void> {
  const { caller } = tools;
  const skipAll = (why: string) => {
    for (const operation of operations) caller.skip(operation, why);
  };
  if (!isAllowed(changes, mayChange)) {
    const refused = changes.filter((change) => !mayChange.includes(change)).join(', ');
    return skipAll(`${refused} may not be changed there (mayChange in config/environments.yml)`);
  }
  const own = new Changes(write);
  try {
    await run({ ...tools, change: own.note });
    skipAll('what it needs is not there, or an operation before it failed');
  } catch (error) {
    if (isInterruption(error)) skipAll('interrupted');
    if (!(error instanceof ChapterEnd)) throw error;
    skipAll(error.message);
  } finally {
    await own.undoAll();
  }
}
