import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review workload analytics',
  role: 'faculty',
  weight: 8,
  changes: [],
  async run({ app, step, data, think }) {
    await step('open analytics', () => app.analytics.open());
    await think();
    await step('include titled faculty', () => app.analytics.includeTitledFaculty());
    await think();
    const colleague = data.random.pick(await app.analytics.names());
    await step('search workloads', () => app.analytics.searchWorkloads(colleague));
    await think();
    await step('open game theory', () => app.analytics.openGameTheory());
  },
});
