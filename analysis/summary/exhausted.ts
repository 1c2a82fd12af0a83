/** What failed because the generator had no file descriptor, port or memory left. It is in no other figure. */
import type { Sample } from '../../measure/run/samples.ts';
import type { Draft } from './collector.ts';
import type { Summary } from './summary.ts';

export function collectExhausted() {
  let found: Summary['generator']['exhausted'];
  return {
    /** @param sample of the error kind `generator-exhausted` */
    add(sample: Sample): void {
      found ??= { requests: 0, others: 0 };
      if (sample.kind === 'request') found.requests += 1;
      else found.others += 1;
      if ('error' in sample) found.first ??= sample.error;
    },
    found: () => found,
    /** After the generator's own figures. */
    into(summary: Draft): void {
      if (found && summary.generator) summary.generator.exhausted = found;
    },
  };
}
