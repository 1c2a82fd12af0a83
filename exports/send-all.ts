/** All rows of a run to one server, a batch after the other: the next is sent when the last was taken. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Row } from './row.ts';
import { isPassing, Refused, type Server } from './server.ts';
import { UploadFailed } from './upload-failed.ts';

/** Some 5 000 values, as InfluxDB advises (https://docs.influxdata.com/influxdb/v2/write-data/best-practices/optimize-writes/). */
export const ROWS_AT_A_TIME = 500;
/** For an answer to one batch, ms. */
export const ANSWER_WITHIN = 30_000;
/** Tries of one batch, and the longest wait before the next, ms. */
const TRIES = 6;
const LONGEST_WAIT = 60_000;

const TOO_LARGE = 413;

export interface SendOptions {
  /** Rows that were taken before. */
  from?: number;
  /**
   * Of an upload before this one: it had these many rows taken, and was ended. What begins at or before them may be there, the batch that
   * was under way too; absent: there was none.
   */
  known?: number;
  /** After each batch that was taken: rows taken so far. */
  onTaken?: (rows: number) => void;
  /** Before a wait: why, and for how long. */
  onWait?: (refused: Refused, ms: number) => void;
  /** Rows that the server refused since it has them. */
  onRepeated?: (rows: number) => void;
  answerWithin?: number;
  /** Waits this long, ms. */
  wait?: (ms: number) => Promise<unknown>;
  /** Aborted: the batch that is under way is the last. */
  signal?: AbortSignal;
}

/**
 * Sends what is left. A busy or absent server is tried again, at growing distances or when it says; one that finds a batch too
 * large gets smaller ones.
 * @throws {UploadFailed} it takes no more; `onTaken` has said how far it came
 */
export async function sendAll(
  server: Server,
  rows: readonly Row[],
  options: SendOptions = {},
): Promise<void> {
  const { from = 0, known = -1, onTaken, signal } = options;
  let size = ROWS_AT_A_TIME;
  for (let taken = from; taken < rows.length && !signal?.aborted; ) {
    const batch = rows.slice(taken, taken + size);
    const refused = await tried(server, batch, taken <= known, options);
    if (refused === undefined) {
      taken += batch.length;
      onTaken?.(taken);
    } else if (refused.status === TOO_LARGE && batch.length > 1) {
      size = Math.ceil(batch.length / 2);
    } else {
      throw new UploadFailed(server, refused, { taken, of: rows.length });
    }
  }
}

/** undefined: it was taken. @param wasSent what refuses it may have it */
async function tried(
  server: Server,
  batch: readonly Row[],
  wasSent: boolean,
  { onWait, onRepeated, answerWithin = ANSWER_WITHIN, wait = delay, signal }: SendOptions,
): Promise<Refused | undefined> {
  let mayBeThere = wasSent;
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await sentOnce(server, batch, mayBeThere, answerWithin);
    if (outcome === 'there') onRepeated?.(batch.length);
    if (!(outcome instanceof Refused)) return undefined;
    // A failure may be that of a gateway, which got no answer from the server behind it.
    mayBeThere ||= outcome.isLost || (outcome.status ?? 0) >= 500;
    if (!isPassing(outcome) || attempt === TRIES || signal?.aborted) return outcome;
    const ms = Math.min(LONGEST_WAIT, outcome.retryAfter ?? 1000 * 2 ** (attempt - 1));
    onWait?.(outcome, ms);
    await wait(ms);
  }
}

/** `there`: it was refused since the server has it. */
async function sentOnce(
  server: Server,
  batch: readonly Row[],
  mayBeThere: boolean,
  answerWithin: number,
): Promise<'taken' | 'there' | Refused> {
  try {
    await server.send(batch, answerWithin);
    return 'taken';
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (!mayBeThere || server.hasTaken === undefined) return error;
    try {
      return (await server.hasTaken(error, batch, answerWithin)) ? 'there' : error;
    } catch (unanswered) {
      if (unanswered instanceof Refused) return unanswered;
      throw unanswered;
    }
  }
}
