import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'watch compliance and resilience',
  role: 'admin',
  weight: 50,
  changes: [],
  async run({ app, step, think }) {
    await step('open compliance', () => app.compliance.open());
    await think();
    await step('show compliance of the month before', () => app.compliance.previousMonth());
    await think();
    await step('open away from program', () => app.compliance.openAwayFromProgram());
    await think();
    await step('open the resilience hub', () => app.resilienceHub.open());
    await think();
    await step('open the circuit breakers', () => app.resilienceHub.openCircuitBreakers());
  },
});
