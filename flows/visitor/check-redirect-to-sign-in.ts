import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'check redirect to sign-in',
  role: 'visitor',
  weight: 50,
  changes: [],
  async run({ app, step, think }) {
    await step('open my schedule without signing in', () => app.login.meetFrom('/my-schedule'));
    await think();
    await step('open people without signing in', () => app.login.meetFrom('/people'));
  },
});
