/**
 * The kinds of changes a journey may make to the application under test.
 * An environment lists those it permits (`mayChange`); a journey names those it
 * makes; a journey runs only where every one of them is permitted.
 */
export const CHANGES = [
  'absences',
  'people',
  'users',
  'swaps',
  'drafts',
  'schedule',
  'calls',
  'assignments',
  'templates',
  'laboratory',
  'settings',
] as const;

/** One kind of change. */
export type MutationKind = (typeof CHANGES)[number];

/** The kinds of changes an environment permits; empty means that it is only read. */
export type MayChange = readonly MutationKind[];

/** Whether every one of `changes` is permitted by `may`; no changes are always permitted. */
export function isAllowed(changes: readonly MutationKind[], may: MayChange): boolean {
  return changes.every((change) => may.includes(change));
}
