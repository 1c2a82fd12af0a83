/** Sends alerts to one channel: tried again a few times, and never longer than a minute. What it says of a failure holds no URL, key or answer. */
import { setTimeout as wait } from 'node:timers/promises';
import {
  type Channel,
  type HttpChannel,
  type MailChannel,
  VARIABLE_OF,
} from '../../config/alert-channels.ts';
import { post } from '../../exports/post.ts';
import { isPassing, Refused } from '../../exports/server.ts';
import type { Alert } from './alert-state.ts';
import { bodiesFor, mailOf } from './messages.ts';

/** Times in ms. All tries of a channel together stay below the age at which the lock of the history counts as left behind. */
export interface Patience {
  tries: number;
  /** Of one try. */
  timeout: number;
  /** Before the second try; twice as long before each further one. */
  pause: number;
  /** The longest `Retry-After` that is waited for. */
  longest: number;
  /** Of a request that is under way when the command is to end: what is taken in this time is not sent again. */
  grace: number;
}
export const PATIENCE: Patience = {
  tries: 3,
  timeout: 5_000,
  pause: 1_000,
  longest: 10_000,
  grace: 1_000,
};

export interface Delivery {
  now: Date;
  /** At once after a request was taken: with its alerts. */
  onTaken?: (alerts: Alert[]) => void;
  /** Aborted: nothing more is begun, and what is under way is given up after `grace`. */
  stop?: AbortSignal;
  patience?: Patience;
}

/** One try that failed. `isFinal`: another one would fail as well. `after`: ms to wait, where the service says it. */
class NotTaken extends Error {
  readonly isFinal: boolean;
  readonly after?: number;
  constructor(why: string, { isFinal = false, after }: { isFinal?: boolean; after?: number } = {}) {
    super(why);
    this.isFinal = isFinal;
    this.after = after;
  }
}

/** Of one try after the other. */
interface Tries {
  patience: Patience;
  stop: AbortSignal;
  /** Aborted `grace` after `stop`. */
  cut: AbortSignal;
}

/** @returns why some were not taken, as a sentence with the channel's name and variable; undefined: all were */
export async function deliver(
  channel: Channel,
  alerts: readonly Alert[],
  { now, onTaken, stop = new AbortController().signal, patience = PATIENCE }: Delivery,
): Promise<string | undefined> {
  const tries = { patience, stop, cut: later(stop, patience.grace) };
  // An event of PagerDuty is one alert.
  const parts = channel.kind === 'pagerduty' ? alerts.map((one) => [one]) : [[...alerts]];
  const failures = await Promise.all(
    parts.map(async (part) => {
      const failed = await tried(() => sendOnce(channel, part, now, tries), tries);
      if (failed === undefined) onTaken?.(part);
      return failed;
    }),
  );
  const failed = failures.find((one) => one !== undefined);
  return failed && sentence(channel, failed);
}

function sentence({ kind }: Channel, failed: string): string {
  const next = 'the next `npx loadtest alert` tries again.';
  if (failed === INTERRUPTED) return `${kind}: interrupted before it took its alerts; ${next}`;
  return `${kind}: did not take its alerts: ${failed}. Check ${VARIABLE_OF[kind]}; ${next}`;
}

function later(stop: AbortSignal, ms: number): AbortSignal {
  const cut = new AbortController();
  const begin = () => setTimeout(() => cut.abort(), ms).unref();
  if (stop.aborted) begin();
  else stop.addEventListener('abort', begin, { once: true });
  return cut.signal;
}

function sendOnce(channel: Channel, alerts: readonly Alert[], now: Date, tries: Tries): Promise<void> {
  if (channel.kind === 'email') return mail(channel, alerts, tries);
  const [body] = bodiesFor(channel, alerts, now);
  return sendBody(channel, body, tries);
}

/** Undefined: it went well; else why the last try did not. */
async function tried(
  send: () => Promise<void>,
  { patience: { tries, pause, longest }, stop }: Tries,
): Promise<string | undefined> {
  if (stop.aborted) return INTERRUPTED;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await send();
      return undefined;
    } catch (error) {
      if (!(error instanceof NotTaken)) throw error;
      const after = error.after ?? pause * 2 ** (attempt - 1);
      const why = attempt === 1 ? error.message : `${error.message} (${attempt} tries)`;
      if (error.isFinal || attempt >= tries || after > longest || stop.aborted) return why;
      await wait(after, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) return why;
    }
  }
}

async function sendBody(
  { url, authorization }: HttpChannel,
  body: unknown,
  { patience: { timeout }, cut }: Tries,
): Promise<void> {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  try {
    await post({ url, headers, body: Buffer.from(JSON.stringify(body)) }, timeout, cut);
  } catch (error) {
    if (cut.aborted) throw new NotTaken(INTERRUPTED);
    if (!(error instanceof Refused)) throw error;
    const { status, retryAfter: after } = error;
    // What a service says may repeat what was sent; why there is none does not.
    if (status === undefined) throw new NotTaken(error.without([url]).message);
    throw new NotTaken(`answered ${status}${status === 401 || status === 403 ? ' (not allowed)' : ''}`, {
      isFinal: !isPassing(error),
      after: status === 429 || status === 503 ? after : undefined,
    });
  }
}

/** A mail server looks at a mail before it answers, for longer than others. */
const MAIL_TIMEOUTS = 6;
const LATE = 'no answer in time';
const INTERRUPTED = 'interrupted';

async function mail(
  { host, port, secure, requireTLS, auth, from, to }: MailChannel,
  alerts: readonly Alert[],
  { patience: { timeout }, cut }: Tries,
): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const limit = MAIL_TIMEOUTS * timeout;
  // A connection that is given up must not keep the command from ending.
  const limits = { connectionTimeout: limit, greetingTimeout: limit, socketTimeout: limit };
  const transport = createTransport({ host, port, secure, requireTLS, auth, ...limits });
  const ended = new AbortController();
  try {
    // Its own limits are of parts of a mail, and a slow server may use up each of them.
    const late = wait(limit, undefined, { signal: AbortSignal.any([cut, ended.signal]) }).then(() => {
      throw Object.assign(new Error('late'), { code: LATE });
    });
    await Promise.race([transport.sendMail({ from, to, ...mailOf(alerts) }), late]);
  } catch (error) {
    if (cut.aborted) throw new NotTaken(INTERRUPTED);
    // Its message may hold what the server said, and the user's name.
    const { code = 'unknown error', responseCode } = error as { code?: string; responseCode?: number };
    const isRefused = responseCode !== undefined && responseCode >= 500;
    throw new NotTaken(`${code}${responseCode === undefined ? '' : `, answered ${responseCode}`}`, {
      // A mail whose answer is late may have gone out: a second try would send it twice.
      isFinal: isRefused || ['EAUTH', 'EENVELOPE', 'EMESSAGE', LATE].includes(code),
    });
  } finally {
    ended.abort();
    transport.close();
  }
}
