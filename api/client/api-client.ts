import { randomUUID } from 'node:crypto';
import type { Dispatcher } from 'undici';
import type { RequestSample, Role, Sample } from '../../measure/run/samples.ts';
import { Interruption } from '../../measure/steps/failure.ts';
import type { Operation } from '../operation.ts';
import * as auth from '../operations/auth.ts';
import { CheckRate } from './check-rate.ts';
import { sharedPool } from './connections.ts';
import { type Exchange, exchange } from './exchange.ts';
import { ApiFailure, describeAnswer, describeNoAnswer } from './failure.ts';
import { type Call, queryOf, type RequestInput, urlPath } from './input.ts';
import { isExpected, jsonOf, requestSample, type Sending } from './sample.ts';
import { Tokens } from './tokens.ts';
import { traceparent, traceparentIn } from './trace-context.ts';

const TIMEOUT_MS = 30_000;
/** Clean-up still runs when the run is being stopped, but may not hold it up for long. */
const CLEANUP_TIMEOUT_MS = 5_000;

/** Who makes the requests; goes into every sample. */
export interface ClientContext {
  session: string;
  role: Role;
  journey?: string;
  phase?: string;
  warmup?: boolean;
}

export interface ApiAnswer<Answer> {
  status: number;
  /** Whether the status counts as success. */
  ok: boolean;
  /** The JSON of the answer. What does not fit the schema has been recorded as a failed check and is as it came. */
  data: Answer;
  headers: Exchange['headers'];
}

export interface ApiClientOptions {
  /** The API base with its path: `<target>/api/v1`. */
  apiUrl: string;
  recorder: { write(sample: Sample): void };
  context: ClientContext;
  /** Shared by all clients of a thread; without one the client makes its own and `close` ends it. */
  dispatcher?: Dispatcher;
  /** Which answers are held against their schema; default: one of the client's own, `auto`. */
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
  readonly #base: URL;
  readonly #dispatcher: Dispatcher;
  readonly #tokens: Tokens;
  readonly #checkRate: CheckRate;
  readonly #secrets = new Set<string>();
  /** When the next request is due, by `performance.now()`. */
  #due: number;

  constructor(options: ApiClientOptions) {
    this.#options = options;
    this.context = options.context;
    this.#base = new URL(options.apiUrl);
    this.#checkRate = options.checkRate ?? new CheckRate();
    this.#dispatcher = options.dispatcher ?? sharedPool(options.apiUrl);
    this.#due = options.due === undefined ? performance.now() : options.due - performance.timeOrigin;
    this.#tokens = new Tokens(async (refreshToken) => {
      const answer = await this.request(auth.refresh, { body: { refresh_token: refreshToken } });
      return this.#remember(answer.data);
    });
  }

  /** Signs in by the form that the login page uses. @throws {ApiFailure} when refused. */
  async signIn(username: string, password: string): Promise<void> {
    this.#secrets.add(password);
    const answer = await this.request(auth.login, { body: { username, password } });
    this.#tokens.set(this.#remember(answer.data));
  }

  /** The same by JSON. @throws {ApiFailure} when refused. */
  async signInByJson(username: string, password: string): Promise<void> {
    this.#secrets.add(password);
    const answer = await this.request(auth.loginJson, { body: { username, password } });
    this.#tokens.set(this.#remember(answer.data));
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
   * Sends one request and records it.
   * @throws {ApiFailure} for a status that is not expected, or when no whole answer came.
   * @throws {Interruption} when the run is being stopped.
   */
  async request<P extends string, B, R>(
    operation: Operation<P, B, R>,
    ...[input]: Call<P, B>
  ): Promise<ApiAnswer<R>> {
    const given = (input ?? {}) as RequestInput<P, B>;
    const authorised = operation.anonymous !== true;
    let answer = await this.#attempt(operation, given, authorised, 1);
    // As the pages do: one renewal and one more try when the token is not accepted any more.
    if (answer.status === 401 && authorised && this.#tokens.signedIn && !given.expect?.includes(401)) {
      await this.#tokens.renew();
      answer = await this.#attempt(operation, given, authorised, 2);
    }
    if (!answer.ok && !given.mayFail) throw new ApiFailure(operation, answer.status, answer.what);
    return { status: answer.status, ok: answer.ok, data: answer.data as R, headers: answer.headers };
  }

  async #attempt<P extends string, B>(
    operation: Operation<P, B>,
    input: RequestInput<P, B>,
    authorised: boolean,
    attempt: number,
  ) {
    const bearer = authorised ? await this.#tokens.bearer() : undefined;
    const due = input.due ?? this.#due;
    const timeoutMs = input.cleanup ? CLEANUP_TIMEOUT_MS : (operation.timeoutMs ?? TIMEOUT_MS);
    const signal = input.cleanup ? undefined : this.#options.signal;
    if (signal?.aborted) throw new Interruption();
    // The target echoes it, and its log then knows the request also when no answer came back.
    const requestId = randomUUID();
    const trace = traceparentIn(input.headers);
    const form = operation.encoding === 'form';
    const hasBody = input.body !== undefined;
    const result = await exchange(this.#dispatcher, this.#base.origin, {
      method: operation.method,
      path: urlPath(this.#base, operation.path, input.params) + queryOf(input.query),
      headers: {
        accept: 'application/json',
        'x-request-id': requestId,
        ...(trace === undefined && { traceparent: traceparent(requestId) }),
        ...(hasBody && { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' }),
        ...(bearer && { authorization: `Bearer ${bearer}` }),
        ...input.headers,
      },
      body: !hasBody
        ? undefined
        : form
          ? new URLSearchParams(input.body as Record<string, string>).toString()
          : JSON.stringify(input.body),
      timeoutMs,
      signal,
    });
    this.#due = result.moments.ended;
    if (result.status === 0 && signal?.aborted) {
      this.#write({
        ...this.#about(),
        kind: 'event',
        name: 'request interrupted',
        data: { operation: operation.name },
      });
      throw new Interruption();
    }
    return this.#record(operation, input, result, { due, attempt, timeoutMs, requestId, trace });
  }

  #record<P extends string, B>(
    operation: Operation<P, B>,
    input: RequestInput<P, B>,
    result: Exchange,
    { timeoutMs, ...sending }: Sending,
  ) {
    const { status } = result;
    const ok = isExpected(status, input.expect ?? operation.statuses);
    const data = status === 0 ? undefined : jsonOf(result);
    const what = this.#withoutSecrets(
      status === 0
        ? describeNoAnswer(result.failure, timeoutMs, result.timedOut)
        : describeAnswer(status, data),
    );
    const { checked, misfit } = ok ? this.#checkRate.look(operation, status, data) : {};
    const sample = requestSample(operation, result, { ...this.#about(), ...sending, ok, what, checked });
    this.#write(sample);
    this.#options.onRequest?.(sample);
    // Only a failure is written: a passed check for each answer would double the samples and say nothing.
    if (misfit) this.check(`${operation.name} schema`, false, misfit);
    if (misfit && data === undefined) throw new ApiFailure(operation, status, `${status} ${misfit}`);
    return { status, ok, data, what, headers: result.headers };
  }

  /** Records a check of an answer's content. */
  check(name: string, ok: boolean, error?: string): void {
    this.#write({
      ...this.#about(),
      kind: 'check',
      name,
      ok,
      error: ok || error === undefined ? undefined : this.#withoutSecrets(error),
    });
  }

  /** @throws RangeError for what cannot be counted: a bug of the journey */
  count(name: string, howMany = 1): void {
    if (!Number.isInteger(howMany) || howMany < 0)
      throw new RangeError(`count('${name}', ${howMany}): give a whole number of 0 or more`);
    this.#write({ ...this.#about(), kind: 'count', name, value: howMany });
  }

  #about() {
    return { ...this.context, t: Date.now(), via: 'api' as const };
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
    let clean = text;
    for (const secret of this.#secrets) if (secret) clean = clean.replaceAll(secret, '[secret]');
    return clean;
  }
}
