/** A step that did not reach its end. Its name comes first in the message, in every runner. */
export class StepFailure extends Error {
  readonly step: string;

  constructor(step: string, cause: unknown) {
    super(`${step}: ${firstLine(cause)}`, { cause });
    this.name = 'StepFailure';
    this.step = step;
  }
}

/** Thrown inside sessions when the run is being ended: what was under way is interrupted, not failed. */
export class Interruption extends Error {
  constructor() {
    super('the run was interrupted');
    this.name = 'Interruption';
  }
}

export function isInterruption(error: unknown): boolean {
  return error instanceof Interruption || (error instanceof Error && isInterruption(error.cause));
}

/** The telling line of an error, without Playwright's colours and call log. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal colour codes begin with ESC
  const plain = message.replace(/\u001b\[[0-9;]*m/g, '');
  const lines = plain.split('\n').map((line) => line.trim());
  const waited = lines.find((line) => line.startsWith('- waiting for'));
  const head = lines[0] || 'no message';
  return waited && !head.includes('waiting for') ? `${head} (${waited.slice(2)})` : head;
}
