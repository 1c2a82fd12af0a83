import type { ErrorKind } from '../../measure/run/error-kind.ts';
import type { Operation } from '../operation.ts';
import { bodyText, isJsonType } from './body.ts';
import type { Exchange } from './exchange.ts';
import { ApiFailure } from './failure.ts';

/** What came of a request. Its JSON is parsed when it is read first: most of what a load reads it only times. */
export class ApiAnswer<Answer = unknown> {
  readonly status: number;
  /** Whether the status counts as success. */
  readonly ok: boolean;
  readonly headers: Exchange['headers'];
  /** In one line, what came instead of a success. */
  what: string | undefined;
  /** Of what kind that is. */
  errorKind: ErrorKind | undefined;
  readonly #operation: Pick<Operation, 'name' | 'method' | 'path' | 'response'>;
  readonly #body: Buffer;
  readonly #onMisfit: (why: string) => void;
  #json: unknown;
  #isParsed = false;

  /** @param onMisfit called when what says that it is JSON turns out to be none */
  constructor(
    operation: Pick<Operation, 'name' | 'method' | 'path' | 'response'>,
    { status, headers, body }: Pick<Exchange, 'status' | 'headers' | 'body'>,
    ok: boolean,
    onMisfit: (why: string) => void,
  ) {
    this.status = status;
    this.ok = ok;
    this.headers = headers;
    this.#operation = operation;
    this.#body = body;
    this.#onMisfit = onMisfit;
  }

  /**
   * The JSON of the answer. What does not fit the schema has been recorded as a failed check, where it was checked, and
   * is as it came.
   * @throws {ApiFailure} when it is no JSON although it says so, and the caller counts on it
   */
  get data(): Answer {
    const parsed = this.json;
    if (parsed === undefined && this.ok && this.#operation.response && this.seemsJson) {
      this.#onMisfit(NO_JSON);
      throw new ApiFailure(this.#operation, this.status, `${this.status} ${NO_JSON}`, 'bad-json');
    }
    return parsed as Answer;
  }

  /** undefined when the answer is empty or no JSON. */
  get json(): unknown {
    if (this.#isParsed) return this.#json;
    this.#isParsed = true;
    if (!this.#saysJson()) return undefined;
    try {
      this.#json = JSON.parse(bodyText(this.headers, this.#body));
    } catch {
      this.#json = undefined;
    }
    return this.#json;
  }

  /**
   * Whether the answer says that it is JSON, and begins and ends like it: whether it is, only parsing can tell. What cannot be an
   * object or a list is parsed: a bare value is short, and a page of a proxy fails at its first character. A packed one is
   * looked at no further.
   */
  get seemsJson(): boolean {
    const body = this.#body;
    if (!this.#saysJson()) return false;
    if (this.headers['content-encoding'] !== undefined) return true;
    const [first, last] = [body[0], body[body.length - 1] as number];
    if (first !== BRACE && first !== BRACKET) return this.json !== undefined;
    // What closes `{` and `[` comes two later in ASCII; a blank may follow.
    return last === first + 2 || last <= SPACE;
  }

  #saysJson(): boolean {
    return this.#body.length > 0 && isJsonType(this.headers['content-type']);
  }
}

export const NO_JSON = 'the answer is not JSON';
const [BRACE, BRACKET, SPACE] = [0x7b, 0x5b, 0x20];
