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

  /**
   * Tries to sign in and is refused: the answer is 401, and the page has its empty form again. It shows no word of
   * the failure (docs/contract/ui.md §4.1).
   */
  async beRefused(username: string, password: string): Promise<void> {
    const { page } = this.screen;
    await page.getByLabel('Username').fill(username);
    await page.getByLabel('Password').fill(password);
    await this.screen.answer({ method: 'POST', path: '/auth/login', status: [401] }, () =>
      page.getByRole('button', { name: 'Sign In' }).click(),
    );
    await this.screen.see(page.getByRole('button', { name: 'Sign In' }));
    const path = new URL(page.url()).pathname;
    if (path !== '/login') throw new Error(`a wrong password led to ${path}, not back to /login`);
  }

  /**
   * Opens a page behind sign-in without having signed in, and is sent to the form. What the page asks for before it
   * knows that nobody is signed in is refused (docs/contract/ui.md §1.5), as it should be.
   */
  async meetFrom(path: string): Promise<void> {
    const { page } = this.screen;
    this.screen.expectRefused(401);
    await this.screen.goto(path);
    await this.screen.arrive('/login');
    await this.screen.see(page.getByRole('button', { name: 'Sign In' }));
  }
}
