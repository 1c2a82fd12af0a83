/** How much the target holds. */

/** `halfDays`: those of seven days from the day it was read; the API counts no more of them without sending them all. */
export const DATA_COUNTS = [
  'people',
  'residents',
  'users',
  'assignments',
  'halfDays',
  'absences',
  'swaps',
  'drafts',
] as const;
export type DataCount = (typeof DATA_COUNTS)[number];

export interface DataSize {
  /** ISO 8601, UTC. */
  at: string;
  counts: Partial<Record<DataCount, number>>;
  /** Why each of the others is not known. */
  unknown: Partial<Record<DataCount, string>>;
  /** Those of `unknown` that the target failed to say: it answered with a status of 500 or more, or not at all. Absent: none. */
  failed?: DataCount[];
}
