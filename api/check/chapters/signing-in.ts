import * as auth from '../../operations/auth.ts';
import type { Chapter } from '../chapter.ts';

/** Last, so that a limit on sign-ins (five a minute) leaves enough for the other chapters. */
export const signingIn: Chapter = {
  changes: [],
  operations: [auth.loginJson, auth.refresh, auth.logout, auth.me, auth.users, auth.impersonationStatus],
  async run({ caller }) {
    await caller.call(auth.me);
    await caller.call(auth.users);
    await caller.call(auth.impersonationStatus);
    const [role] = caller.roles;
    const account = role && caller.account(role);
    if (!account) return;
    const { username, password } = account;
    const nobody = caller.fresh(role);
    try {
      const first = await caller.with(nobody, auth.loginJson, { body: { username, password } });
      if (!first) return;
      const second = await caller.with(nobody, auth.refresh, {
        body: { refresh_token: first.refresh_token },
      });
      const headers = { authorization: `Bearer ${(second ?? first).access_token}` };
      await caller.with(nobody, auth.logout, { headers });
    } finally {
      await nobody.close();
    }
  },
};
