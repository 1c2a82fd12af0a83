import type { TokenPair } from '../operations/auth.ts';

/** A token is renewed when this share of its life is over … */
const RENEW_AT_SHARE = 0.8;
/** … or when this much is left, whichever is later: a 15-minute token lives 14 minutes, as in the pages. */
const RENEW_BEFORE_MS = 60_000;

/**
 * Holds the tokens of one signed-in user and renews the access token before it expires. No cookie is kept:
 * the target would prefer it to the header.
 */
export class Tokens {
  readonly #refresh: (refreshToken: string) => Promise<TokenPair>;
  #pair: TokenPair | undefined;
  /** `performance.now()`. */
  #renewAt = Number.POSITIVE_INFINITY;
  #renewal: Promise<void> | undefined;

  constructor(refresh: (refreshToken: string) => Promise<TokenPair>) {
    this.#refresh = refresh;
  }

  get signedIn(): boolean {
    return this.#pair !== undefined;
  }

  set(pair: TokenPair): void {
    this.#pair = pair;
    this.#renewAt = performance.now() + renewAfter(pair.access_token);
  }

  clear(): void {
    this.#pair = undefined;
    this.#renewAt = Number.POSITIVE_INFINITY;
  }

  /** The access token, if it need not be renewed first: nobody has to wait for it. `undefined` where `bearer` must be asked. */
  get fresh(): string | undefined {
    if (this.#renewal || performance.now() >= this.#renewAt) return undefined;
    return this.#pair?.access_token;
  }

  /** The access token, renewed first when it is about to expire; undefined before sign-in and after sign-out. */
  async bearer(): Promise<string | undefined> {
    if (this.#renewal || performance.now() >= this.#renewAt) await this.renew();
    return this.#pair?.access_token;
  }

  /** One renewal at a time: a refresh token works once. Throws what the refresh throws. */
  async renew(): Promise<void> {
    this.#renewal ??= this.#renewNow().finally(() => {
      this.#renewal = undefined;
    });
    await this.#renewal;
  }

  async #renewNow(): Promise<void> {
    const pair = this.#pair;
    if (!pair) return;
    // Not again before its answer, also when it fails: the next request then meets the 401 that it deserves.
    this.#renewAt = Number.POSITIVE_INFINITY;
    this.set(await this.#refresh(pair.refresh_token));
  }
}

/**
 * Ms from now until a token must be renewed. The token's life is the difference of its own two claims, so that a
 * target whose clock differs from ours is no trouble. A token that is no JWT is never renewed.
 */
export function renewAfter(accessToken: string, now = Date.now()): number {
  const { exp, iat } = claims(accessToken);
  if (exp === undefined) return Number.POSITIVE_INFINITY;
  const life = (exp - (iat ?? now / 1000)) * 1000;
  return Math.max(0, life * RENEW_AT_SHARE, life - RENEW_BEFORE_MS);
}

function claims(token: string): { exp?: number; iat?: number } {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return {};
  }
}
