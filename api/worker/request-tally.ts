import type { RequestSample } from '../../measure/run/samples.ts';
import type { EndedRequests } from './messages.ts';

/** Counts requests as they end, until somebody takes the count. */
export class RequestTally {
  #ended = nothing();

  add({ name, status, value }: Pick<RequestSample, 'name' | 'status' | 'value'>): void {
    const { codes, times } = this.#ended;
    this.#ended.count += 1;
    codes[status] = (codes[status] ?? 0) + 1;
    const here = times[name];
    if (here) here.push(value);
    else times[name] = [value];
  }

  /** What has ended since this was last asked; undefined: nothing. */
  take(): EndedRequests | undefined {
    if (this.#ended.count === 0) return undefined;
    const ended = this.#ended;
    this.#ended = nothing();
    return ended;
  }
}

function nothing(): EndedRequests {
  return { count: 0, codes: {}, times: {} };
}
