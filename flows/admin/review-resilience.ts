import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review resilience',
  role: 'admin',
  weight: 15,
  changes: [],
  async run({ app, step, think }) {
    await step('open the resilience hub', () => app.resilienceHub.open());
    await think();
    await step('open circuit breakers', () => app.resilienceHub.openCircuitBreakers());
  },
});
