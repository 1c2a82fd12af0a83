import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review system health',
  role: 'admin',
  weight: 10,
  changes: [],
  async run({ app, step, think }) {
    await step('open the admin dashboard', () => app.adminDashboard.open());
    await think();
    await step('refresh the admin dashboard', () => app.adminDashboard.refresh());
    await think();
    await step('open system health', () => app.systemHealth.open());
  },
});
