/** Perf tests that did not run: their journeys were asked for, and are in no figure. */
import type { TestCase, TestResult } from '@playwright/test/reporter';

interface Test extends Pick<TestCase, 'title' | 'annotations'> {
  results: ReadonlyArray<Pick<TestResult, 'status' | 'annotations'>>;
}

/** The journeys none of whose repetitions ran. */
export function skippedJourneys(tests: readonly Test[]): Array<{ journey: string; why: string }> {
  return [...Map.groupBy(tests, journeyOf)].flatMap(([journey, ofIt]) => {
    const [first] = ofIt;
    if (!first || ofIt.some(({ results }) => results.some(({ status }) => status !== 'skipped'))) return [];
    return [{ journey, why: whyOf(first) }];
  });
}

export function journeyOf({ title }: Pick<TestCase, 'title'>): string {
  return title.replace(/^\w+: /, '');
}

function whyOf({ annotations, results }: Test): string {
  const said = [...annotations, ...results.flatMap((one) => one.annotations)].find(
    ({ type }) => type === 'skip' || type === 'fixme',
  )?.description;
  return said ?? (results.length === 0 ? 'the run ended before it' : 'skipped');
}
