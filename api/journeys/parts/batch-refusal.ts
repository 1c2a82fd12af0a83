import type { ApiAnswer } from '../../client/api-client.ts';
import { ApiFailure } from '../../client/failure.ts';
import type { Operation } from '../../operation.ts';

/** What a batch is refused with: 400, or 500 where the target cannot put its refusal into words (a known defect). */
export const BATCH_REFUSALS = [400, 500];

/** For a batch that `mayFail`. @throws {ApiFailure} for an answer that is neither a success nor a refusal */
export function isRefused(
  operation: Pick<Operation, 'name' | 'method' | 'path'>,
  { ok, status, what, errorKind }: ApiAnswer<unknown>,
): boolean {
  if (BATCH_REFUSALS.includes(status)) return true;
  if (!ok) throw new ApiFailure(operation, status, what ?? '', errorKind);
  return false;
}
