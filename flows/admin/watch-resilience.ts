import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'watch resilience',
  role: 'admin',
  weight: 15,
  changes: [],
  async run({ app, step, think }) {
    await step('open the resilience hub', () => app.resilienceHub.open());
    await think();
    await step('open the circuit breakers', () => app.resilienceHub.openCircuitBreakers());
  },
});
