/** Size of the data of a target, in words. */
import { DATA_COUNTS, type DataCount, type DataSize } from '../../measure/run/data-size.ts';
import type { RunJson } from '../../measure/run/run.ts';
import { listed, thousands } from '../format.ts';

export const COUNT_WORDS: Record<DataCount, string> = {
  people: 'people',
  residents: 'residents',
  users: 'user accounts',
  assignments: 'assignments',
  halfDays: 'half-day assignments in a week',
  absences: 'absences',
  swaps: 'swaps',
  drafts: 'drafts',
};

/** `users not known (answer 403)`; '' where all is known. */
export function unknownText({ unknown }: DataSize): string {
  const byReason = Map.groupBy(Object.entries(unknown), ([, why]) => why);
  return [...byReason]
    .map(([why, names]) => {
      const words = names.map(([name]) => COUNT_WORDS[name as DataCount]).join(', ');
      const which = names.length === DATA_COUNTS.length ? 'size' : words;
      return `${which} not known (${why})`;
    })
    .join('; ');
}

/** `The target already failed before the run, without any load: it did not say how many people, residents it has (answer 500).` */
export function beforeText({ unknown, failed = [] }: DataSize): string {
  const why = [...new Set(failed.flatMap((name) => unknown[name] ?? []))].join('; ');
  return `The target already failed before the run, without any load: it did not say how many ${listed(failed.map((name) => COUNT_WORDS[name]))} it has (${why}).`;
}

/** For the sentence that opens a report: the few that say most. */
export function dataText({ target, dataSize }: Pick<RunJson, 'target' | 'dataSize'>): string {
  const { counts = {}, unknown = {} } = dataSize?.before ?? {};
  const few = (['people', 'users', 'assignments'] as const).flatMap((name) => {
    const count = counts[name];
    return count === undefined ? [] : [`${thousands(count)} ${COUNT_WORDS[name]}`];
  });
  const size = target.data ?? (few.length > 0 ? `data of ${few.join(', ')}` : undefined);
  if (size !== undefined) return /\bdata\b/.test(size) ? size : `${size} data`;
  const [why] = Object.values(unknown);
  return why === undefined ? 'data of unknown size' : `data of unknown size (${why})`;
}
