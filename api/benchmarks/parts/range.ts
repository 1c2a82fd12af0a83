import type { TestData } from '../../../fixtures/data/generate.ts';

/** The days from today on, as most of the contract's queries take them. */
export function daysAhead(data: TestData, days: number): { start_date: string; end_date: string } {
  const { start, end } = data.range(days);
  return { start_date: start, end_date: end };
}
