import type { Frame } from '@playwright/test';
import type { Screen } from '../../measure/steps/screen.ts';

/** Where sign-in leads to. */
const HOME = '/';

/** The bars at the top of every page. */
export class Navigation {
  readonly #screen: Screen;

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Follows a link of the main bar. Exact: "Schedule" is part of "My Schedule". */
  async follow(name: string): Promise<void> {
    await this.#main.getByRole('link', { name, exact: true }).click();
  }

  /**
   * As `follow`, and again, as its user would, where the first click led by way of other addresses back to the dashboard.
   * @param there waits for what shows that the page is there
   * @returns how often it was clicked
   */
  async followUntil(name: string, there: () => Promise<unknown>): Promise<number> {
    const { page } = this.#screen;
    let hasLeft = false;
    let again: Promise<void> | undefined;
    const navigated = (frame: Frame) => {
      if (frame !== page.mainFrame() || again) return;
      if (new URL(frame.url()).pathname !== HOME) hasLeft = true;
      else if (hasLeft) again = this.follow(name);
      again?.catch(() => undefined); // what is not there then says so
    };
    page.on('framenavigated', navigated);
    try {
      await this.follow(name);
      await there();
    } finally {
      page.off('framenavigated', navigated);
    }
    return again ? 2 : 1;
  }

  /** Follows a link behind "More". */
  async followMore(name: string): Promise<void> {
    await this.#main.getByRole('button', { name: 'More', exact: true }).click();
    await this.#main.getByRole('link', { name, exact: true }).click();
  }

  /** Follows a link of the admin bar; only an admin has it. */
  async followAdmin(name: string): Promise<void> {
    const bar = this.#screen.page.getByRole('navigation', { name: 'Admin navigation' });
    await bar.getByRole('link', { name, exact: true }).click();
  }

  async openUserMenu(username: string): Promise<void> {
    await this.#screen.page.getByRole('button', { name: `User menu for ${username}` }).click();
  }

  async signOut(username: string): Promise<void> {
    const { page } = this.#screen;
    await this.openUserMenu(username);
    // What the page still reads at that moment is refused: its token has just been withdrawn.
    this.#screen.expectRefused(401);
    await this.#screen.answer({ method: 'POST', path: '/auth/logout' }, () =>
      page.getByRole('button', { name: 'Logout from application' }).click(),
    );
    await this.#screen.see(page.getByRole('link', { name: 'Login to your account' }));
    // Pages behind the guard then send the user to /login; most admin pages stay (docs/contract/ui.md §1.4).
    if (new URL(page.url()).pathname === '/login') {
      await this.#screen.see(page.getByRole('button', { name: 'Sign In' }));
    }
  }

  get #main() {
    return this.#screen.page.getByRole('navigation', { name: 'Main navigation' });
  }
}
