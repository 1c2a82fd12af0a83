import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'check a wrong password is rejected',
  role: 'visitor',
  weight: 50,
  changes: [],
  async run({ app, step, data, think, turnToSignIn }) {
    await step('open sign-in', () => app.login.open());
    await think();
    await turnToSignIn();
    // A name that nobody has: five wrong passwords would lock a real account out.
    await step('submit a wrong password', () =>
      app.login.beRefused(data.unique('nobody'), data.unique('wrong')),
    );
  },
});
