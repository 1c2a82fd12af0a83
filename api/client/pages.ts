/**
 * Lists that come in pages, from the first to the last (the styles of the contract: docs/contract/api.md §4).
 */
import type { Operation, ParamNames } from '../operation.ts';
import type { ApiClient } from './api-client.ts';
import type { QueryValue } from './input.ts';

/** Which page, and how long it is at most. */
const STYLES = {
  /** Most lists: `page` from 1 and `page_size`. */
  page: (page: number, size: number) => ({ page, page_size: size }),
  /** Users and runs. */
  pageSize: (page: number, size: number) => ({ page, pageSize: size }),
  /** Calls: how many come before. */
  skip: (page: number, size: number) => ({ skip: (page - 1) * size, limit: size }),
  /** Jobs. */
  offset: (page: number, size: number) => ({ offset: (page - 1) * size, limit: size }),
};

/** What such an answer has beside its rows. */
interface Listed {
  total: number;
}

export interface Paging<P extends string> {
  /** Rows of a page at most; each list has a limit of its own. */
  size: number;
  /** How its pages are asked for; default `page`. */
  by?: keyof typeof STYLES;
  query?: Record<string, QueryValue>;
  params?: Record<ParamNames<P>, string>;
  /** As in a request: is sent also when the run is being stopped, and repeated. */
  cleanup?: boolean;
  setup?: boolean;
}

/**
 * Asks for one page after the other until all rows that the target counts have come, or a page is empty: rows may go
 * while somebody reads.
 * @throws {ApiFailure} as a request does
 * @throws {Error} for a page that is longer than asked for: it is paged in another way; for one that does not say how many
 * rows there are in all: its end would never be known
 */
export async function* pagesOf<P extends string, R extends Listed>(
  api: Pick<ApiClient, 'request'>,
  operation: Operation<P, never, R>,
  { size, by = 'page', query, ...input }: Paging<P>,
): AsyncGenerator<R, void, undefined> {
  let seen = 0;
  for (let page = 1; ; page += 1) {
    const asked = { ...input, query: { ...query, ...STYLES[by](page, size) } };
    const { data } = await api.request(operation as unknown as Operation<'/', never, R>, asked as never);
    const rows = rowsIn(data);
    if (rows.length > size)
      throw new Error(
        `${operation.name}: a page of ${size} came with ${rows.length} rows: is it paged by ${by}?`,
      );
    if (!Number.isFinite(data.total))
      throw new Error(`${operation.name}: a list without its number of rows, so its last page is not known`);
    seen += rows.length;
    yield data;
    if (rows.length === 0 || seen >= data.total) return;
  }
}

/** The rows of all pages, one after the other. */
export async function* allOf<P extends string, Row>(
  api: Pick<ApiClient, 'request'>,
  operation: Operation<P, never, { items: Row[]; total: number }>,
  paging: Paging<P>,
): AsyncGenerator<Row, void, undefined> {
  for await (const { items } of pagesOf(api, operation, paging)) yield* items;
}

function rowsIn(data: object): readonly unknown[] {
  return Object.values(data).find(Array.isArray) ?? [];
}
