import { defineHttpJourney } from '../journey.ts';
import { generateAndDiscard } from './parts/generation.ts';
import { situationNow } from './parts/own-drafts.ts';
import { claimWeeks } from './parts/own-week.ts';

export default defineHttpJourney({
  name: 'generate a schedule over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['drafts'],
  async run(tools) {
    const { api, cutShort, think } = tools;
    const situation = await situationNow(api);
    const range = await claimWeeks(tools, situation.before);
    if ('code' in range) return cutShort(range);
    await think();
    await generateAndDiscard(tools, range, situation);
  },
});
