import * as operations from '../../operations/admin.ts';
import * as auth from '../../operations/auth.ts';
import type { Chapter } from '../chapter.ts';

export const users: Chapter = {
  changes: ['users'],
  operations: [
    operations.createUser,
    operations.updateUser,
    operations.lockUser,
    operations.updateUsers,
    operations.removeUser,
    auth.register,
  ],
  async run({ caller, data, change }) {
    const admin = await caller.as('admin');
    if (!admin) return;
    const undo = (email: string) => async () => {
      const query = { search: email, pageSize: 100 };
      const found = await caller.look(admin, operations.users, { query, cleanup: true });
      for (const { id } of found.items.filter((user) => user.email === email))
        await admin.request(operations.removeUser, { params: { id }, cleanup: true });
    };
    const { firstName, lastName, email, role } = data.user();
    const made = change({ what: 'users', name: email, undo: undo(email) });
    const user = await caller.call(operations.createUser, {
      body: { email, first_name: firstName, last_name: lastName, role, send_invite: false },
    });
    if (user) {
      const params = { id: user.id };
      made.at(`/admin/users/${user.id}`);
      await caller.call(operations.updateUser, { params, body: { first_name: 'Robin' } });
      await caller.call(operations.lockUser, { params, body: { locked: true } });
      await caller.call(operations.updateUsers, { body: { userIds: [user.id], action: 'deactivate' } });
      await caller.call(operations.removeUser, { params });
    }
    const registered = data.user().email;
    change({ what: 'users', name: registered, undo: undo(registered) });
    const username = registered.split('@')[0]?.slice(-50) ?? '';
    await caller.call(auth.register, {
      body: { username, email: registered, password: `${data.unique('Word')}!Aa1`, role },
    });
  },
};
