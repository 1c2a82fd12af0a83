/** What a run is found to be. `invalid`: the generator or the target made its numbers meaningless. */
export const VERDICTS = ['pass', 'warn', 'fail', 'invalid'] as const;
export type Verdict = (typeof VERDICTS)[number];
