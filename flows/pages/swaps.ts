import { PageObject } from './page-object.ts';

export class SwapsPage extends PageObject {
  /** Ends when the marketplace has answered. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Swaps');
    await this.screen.see(page.getByRole('heading', { name: 'Swaps Hub', level: 1 }));
    await this.screen.see(page.getByRole('region', { name: 'Marketplace statistics' }));
  }

  /** For those who may not see the marketplace: ends with the word of it, after one silent second try. */
  async openClosed(): Promise<{ status: number; rows: number }> {
    const { page } = this.screen;
    const refused = await this.screen.answer(
      { method: 'GET', path: '/portal/marketplace', status: [403] },
      () => this.navigation.follow('Swaps'),
    );
    await this.screen.see(page.getByRole('heading', { name: 'Error Loading Marketplace' }));
    const rows = await page.getByRole('region', { name: 'Marketplace statistics' }).count();
    return { status: refused.status(), rows };
  }

  /**
   * Each change of a filter asks the server again; what it answers is not filtered
   * (docs/contract/ui.md §4.7).
   */
  async search(text: string): Promise<void> {
    await this.#asksAgain(() =>
      this.screen.page.getByPlaceholder('Search by faculty name or reason...').fill(text),
    );
  }

  async toggle(filter: 'My Postings Only' | 'Compatible Only'): Promise<void> {
    await this.#asksAgain(() => this.screen.page.getByRole('button', { name: filter }).click());
  }

  async expandFilters(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'Expand', exact: true }).click();
    await this.screen.see(page.getByRole('button', { name: 'Next 30 days' }));
  }

  async #asksAgain(action: () => Promise<unknown>): Promise<void> {
    await this.screen.answer({ method: 'GET', path: '/portal/marketplace' }, action);
    await this.screen.see(this.screen.page.getByRole('region', { name: 'Marketplace statistics' }));
  }

  /** The tabs' names are their descriptions, not what they show (docs/contract/ui.md §4.7). */
  async openCreateForm(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: /^Create a new swap request/ }).click();
    await this.screen.see(page.getByRole('heading', { name: 'Create Swap Request', level: 2 }));
    await this.screen.see(page.getByRole('button', { name: 'Create Request', exact: true }));
  }

  /** Weeks that can still be given away, as the form lists them: "Jan 18, 2027". */
  async weeks(): Promise<string[]> {
    return this.screen.offered(this.#weekSelect);
  }

  /** Chooses the week, then a colleague by his or her place in the list; gives the colleague's name. */
  async fill(week: string, pickColleague: (names: string[]) => string, reason: string): Promise<string> {
    const { page } = this.screen;
    await this.screen.choose(this.#weekSelect, week);
    await page.getByRole('radio', { name: /^Request specific faculty/ }).click();
    // Second select of the form: "Target Faculty *", its label not tied to it.
    const colleagues = this.#form.locator('select').nth(1);
    await this.screen.see(colleagues);
    const chosen = await this.screen.choose(colleagues, pickColleague);
    await page.getByPlaceholder(/^Provide a reason for the swap request/).fill(reason);
    return chosen;
  }

  /** Ends with the answer; what the page shows after it is the next method's business. */
  async send(): Promise<void> {
    await this.screen.answer({ method: 'POST', path: '/portal/my/swaps', status: [200] }, () =>
      this.screen.page.getByRole('button', { name: 'Create Request', exact: true }).click(),
    );
  }

  /**
   * What the page shows after a successful request: the application's own error page
   * (`docs/contract/verified.md` §2.1), or the user's requests where that is fixed.
   */
  async afterSending(): Promise<'error page' | 'requests'> {
    const { page } = this.screen;
    return this.screen.seeOneOf({
      'error page': page.getByRole('heading', { name: 'Swaps Error', level: 2 }),
      requests: page.getByRole('region', { name: 'Swap requests summary' }),
    });
  }

  /** "Week to Offload *" is the first select of the form, its label not tied to it. */
  get #weekSelect() {
    return this.#form.locator('select').first();
  }

  get #form() {
    const { page } = this.screen;
    return page
      .locator('form')
      .filter({ has: page.getByRole('button', { name: 'Create Request', exact: true }) });
  }
}
