import { defineHttpJourney } from '../journey.ts';
import { type Algorithm, generateAndDiscard } from './parts/generation.ts';
import { situationNow } from './parts/own-drafts.ts';
import { claimWeeks } from './parts/own-week.ts';

/** Whole weeks: a week, a fortnight, a block of four. */
const PERIODS = [1, 2, 4] as const;
const ALGORITHMS: readonly Algorithm[] = ['cp_sat', 'greedy', 'pulp', 'hybrid'];

export default defineHttpJourney({
  name: 'generate a schedule period over HTTP',
  role: ['coordinator', 'admin'],
  weight: 4,
  changes: ['drafts'],
  onlyNamed: true,
  async run(tools) {
    const { api, count, cutShort, data, think } = tools;
    const situation = await situationNow(api);
    const weeks = data.random.pick(PERIODS);
    const range = await claimWeeks(tools, situation.before, weeks);
    if ('code' in range) return cutShort(range);
    await think();
    count(`generations requested: weeks ${weeks}`);
    await generateAndDiscard(tools, range, situation, data.random.pick(ALGORITHMS));
  },
});
