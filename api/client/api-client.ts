import { setTimeout as delay } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { describeAnswer } from '../../measure/errors/answer-text.ts';
import { masker } from '../../measure/run/mask.ts';
import type { RequestSample, Sample } from '../../measure/run/samples.ts';
import { noteBegun, noteEnded } from '../../measure/run/under-way.ts';
import { Interruption } from '../../measure/steps/failure.ts';
import type { Operation } from '../operation.ts';
import * as auth from '../operations/auth.ts';
import { ApiAnswer } from './answer.ts';
import { CheckRate, type Look } from './check-rate.ts';
import { connectionsTo } from './connections.ts';
import type { ClientContext } from './context.ts';
import { type Exchange, exchange, type Outgoing } from './exchange.ts';
import { ApiFailure, CLOSED_BEFORE_ANSWER, describeNoAnswer, noAnswerKind } from './failure.ts';
import { type Call, headerList, queryOf, type RequestInput, urlPath } from './input.ts';
import { CLEANING_UP, isIdempotent, isRepeatable, Retries, SETTING_UP } from './retries.ts';
import { isExpected, requestSample, type Sending } from './sample.ts';
import { closedBeforeAnswer, sendOnNewConnection } from './stale-connection.ts';
import { Tokens } from './tokens.ts';
import { newRequestId, traceparentIn } from './trace-context.ts';

const TIMEOUT_MS = 30_000;
/** Clean-up still runs when the run is being stopped, but may not hold it up for long. */
const CLEANUP_TIMEOUT_MS = 5_000;

export type { ApiAnswer } from './answer.ts';
export type { ClientContext } from './context.ts';

export interface ApiClientOptions {
  /** The API base with its path: `<target>/api/v1`. */
  apiUrl: string;
  recorder: { write(sample: Sample): void };
  context: ClientContext;
  /** Shared by all clients of a thread; without one the client makes its own and `close` ends it. */
  dispatcher?: Dispatcher;
  /** For connections of its own: certificates are taken unchecked. */
  insecureTls?: boolean;
  /** Which answers are compared with their schema; default: one of the client's own, `auto`. */
  checkRate?: CheckRate;
  /** Ends requests under way with an `Interruption`, clean-up excepted. */
  signal?: AbortSignal;
  /** Planned moment of the first request, ms since the epoch; default: now. */
  due?: number;
  onRequest?: (sample: RequestSample) => void;
}

/** One signed-in user's HTTP client: every request leaves one sample. */
export class ApiClient {
  readonly context: ClientContext;
  readonly #options: ApiClientOptions;
  readonly #origin: string;
  /** Path of the API base, without a slash at the end. */
  readonly #path: string;
  readonly #dispatcher: Dispatcher;
  readonly #tokens: Tokens;
  readonly #checkRate: CheckRate;
  readonly #secrets = new Set<string>();
  /** When the next request is due, by `performance.now()`. */
  #due: number;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.context = options.context;
    const { origin, pathname } = new URL(options.apiUrl);
    this.#origin = origin;
    this.#path = pathname.replace(/\/$/, '');
    this.#checkRate = options.checkRate ?? new CheckRate();
    this.#dispatcher = options.dispatcher ?? connectionsTo(options.apiUrl, options.insecureTls);
    this.#due = options.due === undefined ? performance.now() : options.due - performance.timeOrigin;
    this.#tokens = new Tokens(async (refreshToken) => {
      const answer = await this.request(auth.refresh, { body: { refresh_token: refreshToken } });
      return this.#remember(answer.data);
    });
  }

  /** Signs in by the form that the login page uses. Gives the answer's headers. @throws {ApiFailure} when refused. */
  async signIn(username: string, password: string): Promise<ApiAnswer<unknown>['headers']> {
    this.#secrets.add(password);
    const answer = await this.request(auth.login, { body: { username, password } });
    this.#tokens.set(this.#remember(answer.data));
    return answer.headers;
  }

  /** The same by JSON. @throws {ApiFailure} when refused. */
  async signInByJson(username: string, password: string): Promise<void> {
    this.#secrets.add(password);
    const answer = await this.request(auth.loginJson, { body: { username, password } });
    this.#tokens.set(this.#remember(answer.data));
  }

  /** Goes on with a session that somebody else signed in. */
  goOnWith(tokens: Pick<auth.TokenPair, 'access_token' | 'refresh_token'>): void {
    this.#tokens.set(this.#remember({ token_type: 'bearer', ...tokens }));
  }

  /** A new pair of tokens, before the old one has to be renewed. @throws {ApiFailure} when refused. */
  renew(): Promise<void> {
    return this.#tokens.renew();
  }

  async signOut(): Promise<void> {
    try {
      await this.request(auth.logout);
    } finally {
      this.#tokens.clear();
    }
  }

  /** The user has thought for `ms`: the next request is due that much after the last answer. */
  thought(ms: number): void {
    this.#due += ms;
  }

  /** Ends connections, if they are the client's own. */
  async close(): Promise<void> {
    if (!this.#options.dispatcher) await this.#dispatcher.destroy();
  }

  /**
   * Sends one request and records it; what is set up or cleaned up is sent again where that is safe (retries.ts), and
   * each attempt is recorded.
   * @throws {ApiFailure} for a status that is not expected, or when no whole answer came.
   * @throws {Interruption} when the run is being stopped.
   */
  async request<P extends string, B, R>(
    operation: Operation<P, B, R>,
    ...[input]: Call<P, B>
  ): Promise<ApiAnswer<R>> {
    const given = (input ?? {}) as RequestInput<P, B>;
    let attempt = 1;
    let answer = await this.#attempt(operation, given, attempt);
    // As the pages do: one renewal and one more try when the token is not accepted any more.
    if (
      answer.status === 401 &&
      operation.anonymous !== true &&
      this.#tokens.signedIn &&
      !given.expect?.includes(401)
    ) {
      await this.#tokens.renew();
      attempt += 1;
      answer = await this.#attempt(operation, given, attempt);
    }
    if (!answer.ok && (given.cleanup || given.setup) && isRepeatable(operation)) {
      const retries = new Retries(given.cleanup ? CLEANING_UP : SETTING_UP);
      for (;;) {
        const pause = retries.pauseAfter(answer);
        if (pause === undefined) break;
        this.thought(pause); // the wait is ours: the request is not due before
        await this.#pause(pause, given);
        attempt += 1;
        answer = await this.#attempt(operation, given, attempt);
      }
    }
    if (!answer.ok && !given.mayFail)
      throw new ApiFailure(operation, answer.status, answer.what ?? '', answer.errorKind);
    return answer;
  }

  async #pause(ms: number, { cleanup }: Pick<RequestInput<string, unknown>, 'cleanup'>): Promise<void> {
    try {
      await delay(ms, undefined, { signal: cleanup ? undefined : this.#options.signal });
    } catch {
      throw new Interruption();
    }
  }

  async #attempt<P extends string, B, R>(
    operation: Operation<P, B, R>,
    input: RequestInput<P, B>,
    attempt: number,
  ): Promise<ApiAnswer<R>> {
    const bearer = operation.anonymous ? undefined : (this.#tokens.fresh ?? (await this.#tokens.bearer()));
    const due = input.due ?? this.#due;
    const timeoutMs = input.cleanup ? CLEANUP_TIMEOUT_MS : (operation.timeoutMs ?? TIMEOUT_MS);
    const signal = input.cleanup ? undefined : this.#options.signal;
    if (signal?.aborted) throw new Interruption();
    // The target echoes it, and its log then knows the request also when no answer came back.
    const { requestId, traceparent } = newRequestId();
    const trace = traceparentIn(input.headers);
    const hasBody = input.body !== undefined;
    const form = hasBody && operation.encoding === 'form';
    const body = !hasBody
      ? undefined
      : form
        ? new URLSearchParams(input.body as Record<string, string>).toString()
        : JSON.stringify(input.body);
    const ids = { requestId, traceparent: trace === undefined ? traceparent : undefined };
    const outgoing: Outgoing = {
      method: operation.method,
      path: urlPath(this.#path, operation.path, input.params) + queryOf(input.query),
      headers: headerList({ json: hasBody && !form, form, bearer }, ids, input.headers),
      body,
      timeoutMs,
      signal,
    };
    const mark = noteBegun({
      kind: 'request',
      name: operation.name,
      class: operation.class,
      begun: Date.now(),
      warmup: this.context.warmup === true,
    });
    const first = await exchange(this.#dispatcher, this.#origin, outgoing);
    const { apiUrl, insecureTls } = this.#options;
    const resent =
      first.status === 0 && isIdempotent(operation) && closedBeforeAnswer(first) && !signal?.aborted;
    const result = resent ? await sendOnNewConnection(apiUrl, insecureTls, outgoing, first) : first;
    noteEnded(mark);
    const { moments } = result;
    this.#due = moments.ended;
    if (result.status === 0 && signal?.aborted) {
      this.#write({
        ...this.#about(),
        kind: 'event',
        name: 'request-interrupted',
        data: {
          operation: operation.name,
          class: operation.class,
          ms: Math.round(moments.ended - moments.called),
          fromDue: Math.round(moments.ended - Math.min(due, moments.called)),
        },
      });
      throw new Interruption();
    }
    return this.#record(operation, input, result, { due, attempt, timeoutMs, requestId, trace, resent });
  }

  #record<P extends string, B, R>(
    operation: Operation<P, B, R>,
    input: RequestInput<P, B>,
    result: Exchange,
    sending: Sending,
  ): ApiAnswer<R> {
    const { status } = result;
    const ok =
      isExpected(status, input.expect ?? operation.statuses) ||
      isDoneAlready(operation, sending.attempt, status);
    const answer = new ApiAnswer<R>(operation, result, ok, (why) =>
      this.check(`${operation.name} schema`, false, why, 'bad-json'),
    );
    if (!ok) {
      answer.errorKind = status === 0 ? noAnswerKind(result.failure, result.timedOut) : 'http-status';
      answer.what = this.#withoutSecrets(
        status === 0
          ? closedBeforeAnswer(result)
            ? CLOSED_BEFORE_ANSWER
            : describeNoAnswer(result.failure, sending.timeoutMs, result.timedOut)
          : describeAnswer(status, answer.json, result.headers.location),
      );
    }
    const { checked, misfit } = ok ? this.#checkRate.look(operation, answer) : NOT_LOOKED_AT;
    const sample = requestSample(operation, result, sending, {
      context: this.context,
      ok,
      error: answer.what,
      errorKind: answer.errorKind,
      checked,
    });
    this.#write(sample);
    this.#options.onRequest?.(sample);
    // Only a failure is written: a passed check for each answer would double the samples and say nothing.
    if (misfit) {
      const errorKind = answer.json === undefined ? 'bad-json' : 'shape';
      this.check(`${operation.name} schema`, false, misfit, errorKind);
      if (errorKind === 'bad-json') throw new ApiFailure(operation, status, `${status} ${misfit}`, errorKind);
    }
    return answer;
  }

  /** Records a check of an answer's content. */
  check(
    name: string,
    ok: boolean,
    error?: string,
    errorKind: 'check' | 'shape' | 'bad-json' = 'check',
  ): void {
    this.#write({
      ...this.#about(),
      kind: 'check',
      name,
      ok,
      error: ok || error === undefined ? undefined : this.#withoutSecrets(error),
      errorKind: ok ? undefined : errorKind,
    });
  }

  /** @throws RangeError for what cannot be counted: a bug of the journey */
  count(name: string, howMany = 1): void {
    if (!Number.isInteger(howMany) || howMany < 0)
      throw new RangeError(`count('${name}', ${howMany}): give a whole number of 0 or more`);
    this.#write({ ...this.#about(), kind: 'count', name, value: howMany });
  }

  #about() {
    return { ...this.context, t: Date.now(), via: 'http' as const };
  }

  #write(sample: Sample): void {
    this.#options.recorder.write(sample);
  }

  #remember(pair: auth.TokenPair): auth.TokenPair {
    this.#secrets.add(pair.access_token);
    this.#secrets.add(pair.refresh_token);
    return pair;
  }

  #withoutSecrets(text: string): string {
    return masker([...this.#secrets])(text);
  }
}

const NOT_LOOKED_AT: Look = {};

/** An answer that was lost on its way: the first attempt has removed it, and the next finds nothing. */
function isDoneAlready({ method }: Pick<Operation, 'method'>, attempt: number, status: number): boolean {
  return method === 'DELETE' && attempt > 1 && (status === 404 || status === 410);
}
