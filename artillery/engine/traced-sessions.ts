import type { Environment } from '../../config/environment.ts';

/** Tracing costs a browser's time and the generator's: a tenth shows what fails often. */
const ONE_OF = 10;

/**
 * Says of each browser session, as they begin, whether it is traced: with `sample` the first of each scenario and
 * each tenth after it, so that every scenario is seen and a run made again traces the same ones.
 */
export function tracedSessions(trace: Environment['trace']): (scenario: string) => boolean {
  const begun = new Map<string, number>();
  return (scenario) => {
    const before = begun.get(scenario) ?? 0;
    begun.set(scenario, before + 1);
    return trace === 'all' || (trace === 'sample' && before % ONE_OF === 0);
  };
}
