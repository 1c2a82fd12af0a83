/** The few calls of GitHub's REST API (https://docs.github.com/en/rest) that the comment takes. */

const LIMIT_MS = 30_000;
const PER_PAGE = 100;
/** A pull request with more comments than this has other troubles. */
const MOST_PAGES = 50;

export class GitHubError extends Error {
  readonly status: number;

  constructor(call: string, status: number) {
    super(`${call}: GitHub answered ${status}. The job's permissions and the page of the run say more.`);
    this.status = status;
  }
}

export class GitHub {
  readonly #api: string;
  readonly #repository: string;
  readonly #headers: Record<string, string>;

  /** @param api without a slash at the end @param repository `owner/name`: every path is below it */
  constructor({ api, repository, token }: { api: string; repository: string; token: string }) {
    this.#api = api;
    this.#repository = repository;
    this.#headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-github-api-version': '2022-11-28',
    };
  }

  /** The decoded answer. @throws {GitHubError} */
  async call<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<T> {
    const answer = await this.#fetch(method, path, body);
    return (await answer.json()) as T;
  }

  /** All of a list that comes in pages. */
  async all<T>(path: string): Promise<T[]> {
    const all: T[] = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const some = await this.call<T[]>(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}per_page=${PER_PAGE}&page=${page}`,
      );
      all.push(...some);
      if (some.length < PER_PAGE) break;
    }
    return all;
  }

  /** Undefined: there is more than `most` bytes; no more than that is read, whatever was announced. */
  async text(path: string, most: number): Promise<string | undefined> {
    const { body } = await this.#fetch('GET', path);
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      size += part.value.byteLength;
      if (size > most) {
        await reader?.cancel();
        return undefined;
      }
      chunks.push(part.value);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  async #fetch(method: string, path: string, body?: object): Promise<Response> {
    const answer = await fetch(`${this.#api}/repos/${this.#repository}${path}`, {
      method,
      headers: this.#headers,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    if (!answer.ok) throw new GitHubError(`${method} ${path}`, answer.status);
    return answer;
  }
}
