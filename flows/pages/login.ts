import { PageObject } from './page-object.ts';

export class LoginPage extends PageObject {
  async open(): Promise<void> {
    await this.screen.goto('/login');
    await this.screen.see(this.screen.page.getByRole('button', { name: 'Sign In' }));
  }

  /** Signs in and waits for the dashboard. The page shows nothing after a wrong password: the answer tells. */
  async signIn(username: string, password: string): Promise<void> {
    const { page } = this.screen;
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(password);
    await this.screen.answer({ method: 'POST', path: '/auth/login' }, () =>
      page.getByRole('button', { name: 'Sign In' }).click(),
    );
    await this.screen.see(page.getByRole('heading', { name: 'Dashboard', level: 1 }));
  }
}
