/** What a load run of fourteen minutes comes to, with every journey and 500 000 answers behind it. */
import { conclude } from '../../analysis/conclude.ts';
import type { Summary } from '../../analysis/summary/summary.ts';
import type { Sample } from '../../measure/run/samples.ts';
import { runDirectory, runJson, START, watchedSamples } from './synthetic-run.ts';

export async function largeSummary(): Promise<Summary> {
  const about = { session: 'b9', journey: 'look round', role: 'admin', via: 'browser', unit: 'ms', ok: true };
  const pass = [
    { ...about, kind: 'step', name: 'open it', t: START + 15, value: 5 },
    { ...about, kind: 'journey', name: 'look round', t: START + 30, value: 20 },
  ] as Sample[];
  const { summary } = await conclude(runDirectory(runJson(), [...watchedSamples(), ...pass]));
  const [second] = summary.timeline.slice(20);
  const [operation] = summary.operations;
  const [gate] = summary.gates;
  const [slowest] = summary.slowestPasses ?? [];
  const [step] = summary.steps;
  const [page] = summary.pages;
  if (!second || !operation || !gate || !slowest || !step || !page) throw new Error('a summary of nothing');
  const many = <T>(n: number, make: (at: number) => T) => Array.from({ length: n }, (_, at) => make(at));
  return {
    ...summary,
    timeline: many(840, (s) => ({ ...second, s, requests: 595 + (s % 7), p95: 100 + ((s * 37) % 91) })),
    operations: many(120, (at) => ({ ...operation, name: `operation.${at}`, n: 4200 })),
    steps: many(150, (at) => ({ ...step, name: `step ${at}`, n: 400 })),
    pages: many(40, (at) => ({ ...page, page: `/page-${at}` })),
    gates: many(400, (at) => ({ ...gate, metric: `request.operation.${at}.p95` })),
    latencyMap: {
      ...{ every: 7, edges: summary.latencyMap?.edges ?? [] },
      columns: many(120, () => many(11, (row) => 10 + row)),
    },
    slowestPasses: many(31, (at) => ({
      ...{ ...slowest, journey: `journey ${at}` },
      calls: many(100, (no) => ({ name: `operation.${no}`, at: no, ms: 5, ok: true, status: 200 })),
    })),
  };
}
