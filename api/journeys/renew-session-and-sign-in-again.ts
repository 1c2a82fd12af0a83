import { defineHttpJourney } from '../journey.ts';
import * as auth from '../operations/auth.ts';

/** Signing in has its password hashed (0.2 to 0.3 s of CPU at the target), renewing and signing out have not. */
export default defineHttpJourney({
  name: 'renew session and sign in again over HTTP',
  role: ['resident', 'faculty', 'coordinator', 'admin'],
  weight: 1,
  changes: [],
  onlyNamed: true,
  async run({ api, check, think, user }) {
    const { data: before } = await api.request(auth.me);
    await think();
    await user.renew();
    const { data: renewed } = await api.request(auth.me);
    check('renewed session belongs to the same user', renewed.id === before.id);
    await think();
    await user.signOut();
    const { status } = await api.request(auth.me, { expect: [401] });
    check('signed-out session is refused', status === 401);
    await think();
    await user.signIn();
    const { data: again } = await api.request(auth.me);
    check('new session belongs to the same user', again.id === before.id);
  },
});
