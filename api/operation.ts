import type { z } from 'zod';
import type { AccountRole, OperationClass } from '../measure/run/samples.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Names in braces of a path template: `/people/{id}` → `id`. */
export type ParamNames<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** One HTTP endpoint of the target, named and classed (docs/api.md, "A new operation"). */
export interface Operation<P extends string = string, Body = unknown, Answer = unknown> {
  /** `<group>.<what>`, e.g. `swaps.execute`. */
  readonly name: string;
  /** Carries the thresholds. */
  readonly class: OperationClass;
  readonly method: Method;
  /** Below the API base, with a leading slash. */
  readonly path: P;
  readonly body?: z.ZodType<Body>;
  /** A JSON answer of an expected status that does not fit is a failed check. */
  readonly response?: z.ZodType<Answer>;
  /** Statuses that count as success; default: any 2xx. */
  readonly statuses?: readonly number[];
  /** Who may call it; `public`: nobody need be signed in. Absent: every signed-in user. */
  readonly roles?: readonly AccountRole[] | 'public';
  /** May be sent twice with the effect of once, although its method does not promise that. */
  readonly idempotent?: boolean;
  /** Sent without a token, as before sign-in. */
  readonly anonymous?: boolean;
  /** `form`: the body is sent as `application/x-www-form-urlencoded`; default JSON. */
  readonly encoding?: 'form';
  /** After how many ms without a whole answer the client gives up; default 30 000. */
  readonly timeoutMs?: number;
}

type Spec<P extends string, B extends z.ZodType, R extends z.ZodType> = Omit<
  Operation<P>,
  'body' | 'response'
> & { body?: B; response?: R };

/**
 * Defines an operation. The schemas give the types of what `ApiClient.request` takes and returns; an operation
 * without a body schema takes no body, one without a response schema has its answer unchecked and `unknown`.
 */
export function operation<
  const P extends string,
  B extends z.ZodType = z.ZodNever,
  R extends z.ZodType = z.ZodUnknown,
>(spec: Spec<P, B, R>): Operation<P, z.infer<B>, z.infer<R>> {
  return spec as unknown as Operation<P, z.infer<B>, z.infer<R>>;
}
