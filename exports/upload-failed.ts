import { FAILED, UNREACHABLE, WRONG_USE } from '../config/exit-codes.ts';
import { visible } from '../config/visible-text.ts';
import type { Refused, Server } from './server.ts';

/** A server takes no more: its address, what it said, what to do, and the exit code. */
export class UploadFailed extends Error {
  override name = 'UploadFailed';
  readonly exitCode: number;

  /** @param progress rows that were taken, and all */
  constructor(
    { where, variables }: Pick<Server, 'where' | 'variables'>,
    refused: Refused,
    { taken, of }: { taken: number; of: number },
  ) {
    const { status, message: said } = refused;
    const { what, exitCode } = advice(status, variables);
    const answer = status === undefined ? said : `answered ${status}${said && `: ${said}`}`;
    const soFar = `${taken} of ${of} rows are there`;
    super(visible(`${where}: ${answer.replace(/\.$/, '')} (${soFar}). ${what}`));
    this.exitCode = exitCode;
  }
}

const GOES_ON = 'run the same command again: it goes on where it stopped';

function advice(
  status: number | undefined,
  { address, access }: Server['variables'],
): { what: string; exitCode: number } {
  if (status === undefined)
    return { what: `Start the server or correct ${address}, and ${GOES_ON}.`, exitCode: UNREACHABLE };
  if (status === 401 || status === 403)
    return { what: `Set ${access} to one that may write there.`, exitCode: WRONG_USE };
  if (status === 404 || status === 405 || (status >= 300 && status < 400))
    return { what: `Correct ${address} and what it names (docs/upload.md).`, exitCode: WRONG_USE };
  if (status === 413)
    return { what: 'It takes not even one row: raise the limit on its requests.', exitCode: FAILED };
  if (status === 429 || status >= 500) return { what: `Wait, and ${GOES_ON}.`, exitCode: FAILED };
  return { what: 'docs/upload.md says what each server takes.', exitCode: FAILED };
}
