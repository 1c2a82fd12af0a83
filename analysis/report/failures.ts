/** Failures by what failed: the one place of the report that has them is the section “Errors”, and other counts link to it. */
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';

export interface Failure {
  /** Of its heading in the section. */
  id: string;
  kind: ErrorGroup['kind'];
  name: string;
  count: number;
  /** The most frequent first. */
  groups: ErrorGroup[];
}

/** What failed most comes first. */
export function failuresOf({ errors }: Pick<Summary, 'errors'>): Failure[] {
  return [...Map.groupBy(errors, ({ kind, name }) => `${kind}\n${name}`).values()]
    .map((groups) => ({ groups, count: groups.reduce((sum, { count }) => sum + count, 0) }))
    .sort((a, b) => b.count - a.count)
    .map(({ groups, count }, at) => {
      const { kind, name } = groups[0] as ErrorGroup;
      return { id: `errors-${at + 1}`, kind, name, count, groups };
    });
}

/** Makes a count of failures a link to what is said of them; without one where nothing is. */
export function failureLinks(
  summary: Pick<Summary, 'errors'>,
): (kind: string, name: string, count: Html | string) => Html {
  const ids = new Map(failuresOf(summary).map(({ kind, name, id }) => [`${kind}\n${name}`, id]));
  return (kind, name, count) => {
    const id = ids.get(`${kind}\n${name}`);
    return id === undefined ? html`${count}` : html`<a href="#${id}">${count}</a>`;
  };
}
