import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

/** Settings: a form for admins, a closed door for all others. */
export class SettingsPage extends PageObject {
  /** By the user menu, whose link every role has; ends with the word that access is denied. */
  async openClosed(username: string): Promise<void> {
    const { page } = this.screen;
    await this.navigation.openUserMenu(username);
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await this.screen.see(page.getByRole('heading', { name: 'Access Denied', level: 1 }));
  }

  /** Whether there is anything to set. */
  async hasForm(): Promise<boolean> {
    return this.screen.page.getByRole('button', { name: 'Save Settings' }).isVisible();
  }

  /** For admins: ends when the form has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followAdmin('Settings');
    await this.screen.see(page.getByRole('heading', { name: 'Settings', level: 1 }));
    await this.screen.see(this.#weekends);
  }

  /** Turns weekend scheduling over and saves; ends with the word of it. */
  async toggleWeekendsAndSave(): Promise<void> {
    const { page } = this.screen;
    await this.#weekends.setChecked(!(await this.#weekends.isChecked()));
    await this.screen.answer({ method: 'POST', path: '/settings' }, () =>
      page.getByRole('button', { name: 'Save Settings' }).click(),
    );
    await this.screen.see(page.getByText('Settings saved successfully!'));
  }

  /** The word of success stays for three seconds: the next one is distinguished only after it has gone. */
  async untilToldIsGone(): Promise<void> {
    await this.screen.gone(this.screen.page.getByText('Settings saved successfully!'));
  }

  get #weekends(): Locator {
    return this.screen.page.getByRole('checkbox', { name: 'Enable Weekend Scheduling' });
  }

  async returnToDashboard(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'Return to Dashboard' }).click();
    await this.screen.see(page.getByRole('heading', { name: 'Dashboard', level: 1 }));
  }
}
