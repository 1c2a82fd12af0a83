import type { ErrorFacts, ErrorKind } from '../run/error-kind.ts';
import { foreignKind } from './foreign-texts.ts';

/** An error whose kind is known where it is made. */
export class ClassifiedError extends Error {
  readonly facts: ErrorFacts;

  constructor(facts: ErrorKind | ErrorFacts, message: string, options?: ErrorOptions) {
    super(message, options);
    this.facts = typeof facts === 'string' ? { errorKind: facts } : facts;
  }
}

/** An answer with a status that its caller cannot go on with. */
export function answeredError(status: number, message: string): ClassifiedError {
  return new ClassifiedError({ errorKind: 'http-status', status }, message);
}

/** The kind of an error: its own, or that of what caused it; else what its maker (a library) says by code or text. */
export function factsOf(error: unknown): ErrorFacts {
  const chain = causes(error);
  const own = chain.find((one) => one instanceof ClassifiedError);
  if (own) return own.facts;
  const kinds = chain.map(foreignKind);
  return { errorKind: kinds.find((kind) => kind !== 'other') ?? 'other' };
}

function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let one = error; one !== undefined && one !== null && !chain.includes(one); ) {
    chain.push(one);
    one = one instanceof Error ? one.cause : undefined;
  }
  return chain;
}
