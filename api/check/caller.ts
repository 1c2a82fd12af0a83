/** Calls operations, each in the name of somebody who may, and notes what came of the first call of each. */
import { ACCOUNT_ROLES, type AccountRole } from '../../config/roles.ts';
import type { Account } from '../../fixtures/accounts.ts';
import type { CheckSample, RequestSample, Sample } from '../../measure/run/samples.ts';
import type { ApiClient } from '../client/api-client.ts';
import { ApiFailure } from '../client/failure.ts';
import type { Call, RequestInput } from '../client/input.ts';
import type { Operation } from '../operation.ts';
import { login } from '../operations/auth.ts';
import type { OperationOutcome } from './outcome.ts';

/** A client that writes its samples to `write`; not signed in. */
export type NewClient = (role: AccountRole, write: (sample: Sample) => void) => ApiClient;

/** What a chapter builds upon is not there. */
export class ChapterEnd extends Error {
  override name = 'ChapterEnd';
}

export class Caller {
  readonly outcomes = new Map<string, OperationOutcome>();
  #accounts: readonly Account[];
  readonly #newClient: NewClient;
  readonly #clients = new Map<AccountRole, ApiClient>();
  #request: RequestSample | undefined;
  #misfit: CheckSample | undefined;

  constructor(accounts: readonly Account[], newClient: NewClient) {
    this.#accounts = accounts;
    this.#newClient = newClient;
  }

  /**
   * Calls an operation. `undefined`: it did not answer as the contract says, or nobody here may call it, which has been
   * noted; what builds upon it is then not called either.
   */
  async call<P extends string, B, R>(
    operation: Operation<P, B, R>,
    ...[input]: Call<P, B>
  ): Promise<R | undefined> {
    const api = await this.#clientFor(operation);
    return api && this.#send(api, operation, input as RequestInput<P, B>);
  }

  /** Calls an operation with what it must refuse: its route and its refusal are seen, and nothing is changed. */
  async refused<P extends string, B, R>(
    operation: Operation<P, B, R>,
    statuses: readonly number[],
    ...[input]: Call<P, B>
  ): Promise<void> {
    const api = await this.#clientFor(operation);
    if (!api) return;
    const expecting = { ...(input as RequestInput<P, B>), expect: statuses };
    const answer = await this.#send(api, operation, expecting);
    const isNoRoute = (answer as { detail?: unknown } | undefined)?.detail === 'Not Found';
    const outcome = this.outcomes.get(operation.name);
    if (outcome?.result !== 'fits') return;
    outcome.detail = `refused as it must be (${outcome.sample?.status}): what it would change cannot be taken back`;
    if (isNoRoute)
      Object.assign(outcome, { result: 'status', detail: '404 Not Found: there is no such route' });
  }

  skip({ name: operation }: Pick<Operation, 'name'>, why: string): void {
    if (!this.outcomes.has(operation))
      this.outcomes.set(operation, { operation, result: 'not called', detail: why });
  }

  /** As `with`, for what a chapter cannot go on without. @throws ChapterEnd when it does not answer as it must */
  async look<P extends string, B, R>(
    api: ApiClient,
    operation: Operation<P, B, R>,
    ...[input]: Call<P, B>
  ): Promise<R> {
    const data = await this.#send(api, operation, input as RequestInput<P, B>);
    if (data === undefined) throw new ChapterEnd(`${operation.name} does not answer as it must`);
    return data;
  }

  /** Somebody of that role, signed in; undefined without an account, or when it cannot sign in. */
  async as(role: AccountRole): Promise<ApiClient | undefined> {
    const known = this.#clients.get(role);
    if (known) return known;
    const account = this.#accounts.find((one) => one.role === role);
    if (!account) return undefined;
    const api = this.fresh(role);
    try {
      await api.signIn(account.username, account.password);
      this.#note(outcomeOf(login.name, this.#request, this.#misfit));
      this.#clients.set(role, api);
      return api;
    } catch (error) {
      await api.close();
      if (!(error instanceof ApiFailure)) throw error;
      this.outcomes.delete(login.name); // the outcome of another user's sign-in says less
      this.#note(outcomeOf(login.name, this.#request, this.#misfit));
      this.#accounts = this.#accounts.filter((one) => one !== account);
      return undefined;
    }
  }

  /** The first of those that may do the most. */
  async anybody(roles: readonly AccountRole[] = ACCOUNT_ROLES): Promise<ApiClient | undefined> {
    for (const role of this.roles) {
      const api = roles.includes(role) ? await this.as(role) : undefined;
      if (api) return api;
    }
    return undefined;
  }

  account(role: AccountRole): Account | undefined {
    return this.#accounts.find((one) => one.role === role);
  }

  /** Roles of which there is an account, those first that may do the most. */
  get roles(): AccountRole[] {
    return ACCOUNT_ROLES.filter((role) => this.account(role));
  }

  /** Nobody: a client that is not signed in. */
  fresh(role: AccountRole): ApiClient {
    return this.#newClient(role, (sample) => {
      if (sample.kind === 'request') {
        this.#request = sample;
        this.#misfit = undefined;
      } else if (sample.kind === 'check') this.#misfit = sample;
    });
  }

  /** With a client that the chapter brings along. */
  async with<P extends string, B, R>(
    api: ApiClient,
    operation: Operation<P, B, R>,
    ...[input]: Call<P, B>
  ): Promise<R | undefined> {
    return this.#send(api, operation, input as RequestInput<P, B>);
  }

  async close(): Promise<void> {
    for (const api of this.#clients.values()) {
      await api.signOut().catch(() => undefined); // what was to be seen was seen
      await api.close();
    }
  }

  async #clientFor(operation: Pick<Operation, 'name' | 'roles'>): Promise<ApiClient | undefined> {
    const { roles } = operation;
    const api = await this.anybody(Array.isArray(roles) ? roles : ACCOUNT_ROLES);
    if (api) return api;
    const wanted = Array.isArray(roles) ? ` of role ${roles.join(' or ')}` : '';
    this.skip(operation, `there is no account${wanted} that can sign in`);
    return undefined;
  }

  async #send<P extends string, B, R>(
    api: ApiClient,
    operation: Operation<P, B, R>,
    input: RequestInput<P, B>,
  ): Promise<R | undefined> {
    this.#request = undefined;
    this.#misfit = undefined;
    let data: R | undefined;
    try {
      const asked = [operation, { ...input, mayFail: true }] as unknown as Parameters<ApiClient['request']>;
      const answer = await api.request(...asked);
      if (answer.ok) data = answer.data as R;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error; // the answer was no JSON: its check says so
    }
    const outcome = outcomeOf(operation.name, this.#request, this.#misfit);
    this.#note(outcome);
    return outcome.result === 'fits' ? data : undefined;
  }

  /** The first call of an operation counts. */
  #note(outcome: OperationOutcome): void {
    if (!this.outcomes.has(outcome.operation)) this.outcomes.set(outcome.operation, outcome);
  }
}

function outcomeOf(
  operation: string,
  sample: RequestSample | undefined,
  misfit: CheckSample | undefined,
): OperationOutcome {
  if (!sample) return { operation, result: 'no answer', detail: 'no request was sent' };
  if (sample.status === 0) return { operation, result: 'no answer', detail: sample.error, sample };
  if (!sample.ok) return { operation, result: 'status', detail: sample.error, sample };
  if (misfit) return { operation, result: 'shape', detail: misfit.error, sample };
  return { operation, result: 'fits', sample };
}
