/** Failures by what failed: the one place of the report that has them is the section “Errors”, and other counts link to it. */
import { inGravity } from '../judge/gravest.ts';
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';

export interface Failure {
  /** Of its heading in the section. */
  id: string;
  kind: ErrorGroup['kind'];
  name: string;
  /** Outside of warm-up, and in it. */
  count: number;
  warmup: number;
  /** The most frequent first. */
  groups: ErrorGroup[];
}

type Failed = Pick<Summary, 'errors' | 'operations' | 'steps' | 'doesNotWork'>;

/** The gravest first. */
export function failuresOf(summary: Failed): Failure[] {
  const things = [...Map.groupBy(summary.errors, ({ kind, name }) => `${kind}\n${name}`).values()].map(
    (groups) => {
      const { kind, name } = groups[0] as ErrorGroup;
      const warmup = groups.reduce((sum, one) => sum + (one.warmup ?? 0), 0);
      return { kind, name, groups, warmup, count: groups.reduce((sum, { count }) => sum + count, -warmup) };
    },
  );
  return inGravity(summary, things, (one) => one).map((one, at) => ({ id: `errors-${at + 1}`, ...one }));
}

/** Makes a count of failures a link to what is said of them; without one where nothing is. */
export function failureLinks(summary: Failed): (kind: string, name: string, count: Html | string) => Html {
  const ids = new Map(failuresOf(summary).map(({ kind, name, id }) => [`${kind}\n${name}`, id]));
  return (kind, name, count) => {
    const id = ids.get(`${kind}\n${name}`);
    return id === undefined ? html`${count}` : html`<a href="#${id}">${count}</a>`;
  };
}
