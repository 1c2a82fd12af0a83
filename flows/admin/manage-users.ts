import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'manage users',
  role: 'admin',
  weight: 10,
  changes: ['users'],
  async run({ app, step, check, data, think, change }) {
    const user = data.user();
    await step('open users', () => app.users.open());
    await think();
    await step('filter users by role', () => app.users.showOnly('Faculty'));
    await think();
    await step('clear the role filter', () => app.users.showOnly('All Roles'));
    await think();
    await step('open the user dialog', () => app.users.openAddDialog());
    await think();
    await step('fill in the user', () => app.users.fillIn(user));
    const made = change({ what: 'users', name: user.email, undo: () => app.api.removeUser(user.email) });
    made.at(`/admin/users/${await step('create the user', () => app.users.create(user))}`);
    await think();
    await step('find the user', () => app.users.find(user));
    await think();
    await step('lock the user', () => app.users.lock(user));
    check('locked user is stored as locked', (await app.api.storedUser(user.email))?.is_active === false);
    await think();
    await step('unlock the user', () => app.users.unlock(user));
    await think();
    await step('delete the user', () => app.users.remove(user));
    const isGone = (await app.api.storedUser(user.email)) === undefined;
    check('deleted user is gone', isGone);
    if (isGone) made.undone();
  },
});
