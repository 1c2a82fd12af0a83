/** What is read of a run in a file of figures; other facts of it are shown as they are. */
import { z } from 'zod';
import { KEPT } from './run-figures.ts';

const number = z.number().nullable();
const sketch = z.looseObject({ n: z.number(), mean: number, quantiles: z.array(number).length(KEPT.length) });

const judged = z.looseObject({
  metric: z.string(),
  outcome: z.string(),
  observed: number,
  unit: z.string(),
  n: z.number(),
});

const conclusion = z.looseObject({
  headline: z.string(),
  reasons: z.array(z.string()),
  durationSeconds: z.number(),
  users: z.number(),
  availability: z.looseObject({ n: z.number(), down: z.number(), excused: z.number() }),
  journeys: z
    .array(
      z.looseObject({
        role: z.string(),
        journey: z.string(),
        via: z.string(),
        passes: z.number(),
        failed: z.number(),
        cutShort: z.number(),
        score: number,
      }),
    )
    .optional(),
  goals: z.array(z.looseObject({ ...judged.shape, goal: z.number() })),
  gates: z.array(z.looseObject({ ...judged.shape, expected: z.string() })),
});

export const runSchema = z.looseObject({
  id: z.string(),
  start: z.iso.datetime(),
  verdict: z.string(),
  forced: z.array(z.string()).optional(),
  like: z.looseObject({ environment: z.string(), profile: z.string(), schema: z.number() }),
  primary: z.array(z.looseObject({ metric: z.string(), value: number, unit: z.string(), n: z.number() })),
  shares: z.record(z.string(), z.looseObject({ value: number, n: z.number() })),
  findings: z.record(z.string(), z.looseObject({ value: number, unit: z.string(), n: z.number() })),
  counters: z.array(z.looseObject({ name: z.string(), n: z.number(), rate: z.number() })),
  metrics: z.record(
    z.string(),
    z.looseObject({ ...sketch.shape, unit: z.string(), attempts: z.number(), errors: z.number() }),
  ),
  conclusion: conclusion.optional(),
});
