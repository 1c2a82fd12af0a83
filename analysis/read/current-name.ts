/** Names of runs of schema 1 as they are called now. */
import { RENAMED } from './schema-1-names.ts';

export type Table = Readonly<Record<string, string>>;

/** In a run of several profiles: `<profile>: <phase>`. */
export function currentPhase(name: string): string {
  const [, profile = '', phase = name] = /^(.+?: )(.+)$/.exec(name) ?? [];
  return profile + current(RENAMED.phases, phase);
}

const TABLE_OF: Readonly<Record<string, Table>> = {
  step: RENAMED.steps,
  journey: RENAMED.journeys,
  count: RENAMED.counters,
};

/** E.g. `step.open settings.p95`. */
export function currentMetric(key: string): string {
  const [, kind = '', name = '', figure = ''] = /^(step|journey|count)\.(.+)(\..+)$/.exec(key) ?? [];
  return TABLE_OF[kind] ? `${kind}.${current(TABLE_OF[kind], name)}${figure}` : key;
}

/** `after "<step>"` is the name of what failed between two steps. */
export function current(table: Table, name: string): string {
  const found = replaced(table, name);
  if (found !== undefined) return found;
  const after = /^after "(.*)"$/.exec(name)?.[1];
  return after === undefined ? name : `after "${replaced(table, after) ?? after}"`;
}

function replaced(table: Table, name: string): string | undefined {
  if (Object.hasOwn(table, name)) return table[name];
  for (const { pattern, now } of patternsOf(table)) {
    const [, ...parts] = pattern.exec(name) ?? [];
    if (parts.length > 0) return parts.reduce((text, part) => text.replace('…', () => part), now);
  }
  return undefined;
}

interface Pattern {
  pattern: RegExp;
  now: string;
}

const patterns = new WeakMap<Table, Pattern[]>();

/** Of names with `…`: what is compiled once is asked for by each sample. */
function patternsOf(table: Table): Pattern[] {
  const known = patterns.get(table);
  if (known) return known;
  const found = Object.entries(table)
    .filter(([before]) => before.includes('…'))
    .map(([before, now]) => ({ pattern: new RegExp(`^${before.replaceAll('…', '(.*)')}$`), now }));
  patterns.set(table, found);
  return found;
}
