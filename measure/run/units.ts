/** Of a figure; a share is 0–1 and has the unit `%`. Drifts are by the hour. */
export type Unit = 'ms' | '1' | '%' | '/s' | 'cores' | 'MiB' | 'B';

/** Low and high end of a 95 % interval. */
export type Interval = [number | null, number | null];
