import type { Locator } from '@playwright/test';
import type { NewUser } from '../../fixtures/data/generate.ts';
import { PageObject } from './page-object.ts';

/** "User Management": for admins. Most of its controls have no name (docs/contract/ui.md §4.18). */
export class UsersPage extends PageObject {
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followAdmin('Users');
    await this.screen.see(page.getByRole('heading', { name: 'User Management', level: 1 }));
    await this.screen.see(page.getByText(/^Showing \d+ of \d+ users$/));
  }

  /** The first of the two selects: roles. Ends when others are shown. */
  async showOnly(role: 'Faculty' | 'Resident' | 'All Roles'): Promise<void> {
    await this.#untilOthersAreShown(() =>
      this.screen.choose(this.screen.page.getByRole('combobox').first(), role),
    );
  }

  /** Ends when the user's row is there. */
  async find({ email }: NewUser): Promise<void> {
    await this.screen.page.getByPlaceholder('Search users...').fill(email);
    await this.screen.see(this.#row(email));
    await this.screen.see(this.screen.page.getByText(/^Showing 1 of 1 users$/));
  }

  async openAddDialog(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'Add User', exact: true }).click();
    await this.screen.see(page.getByRole('heading', { name: 'Create New User', level: 2 }));
  }

  /** Inputs in their order: first name, last name, e-mail. No invitation: nobody is to get mail. */
  async fillIn({ firstName, lastName, email, role }: NewUser): Promise<void> {
    const form = this.#form;
    const inputs = form.locator('input:not([type="checkbox"])');
    await inputs.nth(0).fill(firstName);
    await inputs.nth(1).fill(lastName);
    await inputs.nth(2).fill(email);
    await this.screen.choose(form.locator('select'), role === 'faculty' ? 'Faculty' : 'Resident');
    await form.getByRole('checkbox').uncheck();
  }

  /** Ends with the word of it. Gives the new user's id. */
  async create({ firstName, lastName }: NewUser): Promise<string> {
    const { page } = this.screen;
    const response = await this.screen.answer({ method: 'POST', path: '/admin/users' }, () =>
      this.#form.getByRole('button', { name: 'Create User' }).click(),
    );
    await this.screen.see(page.getByText(`User ${firstName} ${lastName} created`));
    return ((await response.json()) as { id: string }).id;
  }

  async lock(user: NewUser): Promise<void> {
    await this.#do('Lock Account', user, { method: 'POST', path: '/admin/users/*/lock' }, 'locked');
  }

  async unlock(user: NewUser): Promise<void> {
    await this.#do('Unlock Account', user, { method: 'POST', path: '/admin/users/*/lock' }, 'unlocked');
  }

  async remove(user: NewUser): Promise<void> {
    await this.#do('Delete User', user, { method: 'DELETE', path: '/admin/users/*' }, 'deleted');
  }

  /** By the row's menu, whose button is the last of the row. Ends with the word of it. */
  async #do(
    action: string,
    { email, firstName, lastName }: NewUser,
    awaited: { method: 'POST' | 'DELETE'; path: string },
    done: string,
  ): Promise<void> {
    const { page } = this.screen;
    await this.#row(email).getByRole('cell').last().getByRole('button').first().click();
    await this.screen.answer(awaited, () => page.getByRole('button', { name: action, exact: true }).click());
    await this.screen.see(page.getByText(`User ${firstName} ${lastName} ${done}`));
  }

  async #untilOthersAreShown(action: () => Promise<unknown>): Promise<void> {
    const count = this.screen.page.getByText(/^Showing \d+ of \d+ users$/);
    const shown = (await count.textContent()) ?? '';
    await action();
    await this.screen.see(count.filter({ hasNotText: shown }));
  }

  #row(email: string): Locator {
    return this.screen.page.getByRole('row').filter({ hasText: email });
  }

  /** The dialog has no role: it is the form with this button. */
  get #form(): Locator {
    const { page } = this.screen;
    return page.locator('form').filter({ has: page.getByRole('button', { name: 'Create User' }) });
  }
}
