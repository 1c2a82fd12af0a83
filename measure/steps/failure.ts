import { ClassifiedError, factsOf } from '../errors/classified-error.ts';
import { firstLine } from '../errors/foreign-texts.ts';

/** A step that did not reach its end. Its name comes first in the message, in every runner. */
export class StepFailure extends ClassifiedError {
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(factsOf(cause), `${step}: ${firstLine(cause)}`, { cause });
    this.name = 'StepFailure';
    this.step = step;
  }
}

/** Thrown inside sessions when the run is being ended: what was under way is interrupted, not failed. */
export class Interruption extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interruption';
    // An end that is expected: Artillery prints what a session threw, and where it came from helps nobody.
    this.stack = `${this.name}: ${this.message}`;
  }
}

export function isInterruption(error: unknown): boolean {
  return error instanceof Interruption || (error instanceof Error && isInterruption(error.cause));
}

/** @throws {Interruption} as soon as the signal is aborted; what the work comes to is then nobody's. */
export async function orInterrupted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined); // when interrupted nobody waits for it any more
  if (signal.aborted) throw new Interruption();
  let stop: (() => void) | undefined;
  const interrupted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(new Interruption());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, interrupted]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
