/** What a server of metrics gets: docs/upload.md lists the names. */

export interface Row {
  /** What the fields are of, e.g. `loadtest_figure`. */
  measurement: string;
  /** Label → value. None is empty. With `measurement` they are a series of each field. */
  labels: Readonly<Record<string, string>>;
  /** Field → value; only finite numbers. Field `p95` is the metric `loadtest_figure_p95` where a metric has one value. */
  fields: Readonly<Record<string, number>>;
  /** ms since the epoch. */
  t: number;
}

type Maybe<T> = Readonly<Record<string, T | null | undefined>>;

/** A row without what is unknown. undefined: nothing is known of it. */
export function row(measurement: string, labels: Maybe<string>, fields: Maybe<number>, t: number): Row[] {
  const known = Object.entries(fields).filter((field): field is [string, number] =>
    Number.isFinite(field[1]),
  );
  if (known.length === 0) return [];
  const named = Object.entries(labels).filter((label): label is [string, string] => !!label[1]);
  return [{ measurement, labels: Object.fromEntries(named), fields: Object.fromEntries(known), t }];
}

/** One value of a series, for servers whose metrics have one value. */
export interface Value {
  /** `<measurement>_<field>` */
  metric: string;
  labels: Row['labels'];
  value: number;
  t: number;
}

export function valuesOf(rows: readonly Row[]): Value[] {
  return rows.flatMap(({ measurement, labels, fields, t }) =>
    Object.entries(fields).map(([field, value]) => ({ metric: `${measurement}_${field}`, labels, value, t })),
  );
}
