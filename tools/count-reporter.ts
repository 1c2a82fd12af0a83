/** A reporter of node's test runner that writes how many tests passed and failed, as JSON: `{"passed":2,"failed":0}`. */
import type { TestEvent } from 'node:test/reporters';
import { type TestCounts, type TestSummary, takeSummary } from './test-counts.ts';

export default async function* countReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const counts: TestCounts = { passed: 0, failed: 0 };
  for await (const event of events) {
    if (event.type === 'test:summary') takeSummary(event.data as TestSummary, counts);
  }
  yield JSON.stringify(counts);
}
