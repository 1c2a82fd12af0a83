import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

export class AnalyticsPage extends PageObject {
  #withTitled = false;

  /** Ends when this month's fairness has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followMore('Analytics');
    await this.screen.see(page.getByRole('heading', { name: 'Analytics Hub', level: 1 }));
    await this.#seeWorkloads();
  }

  /** Switches them on; the answer is kept for a while, so only the first time asks for it. */
  async includeTitledFaculty(): Promise<void> {
    const { page } = this.screen;
    const flip = () => page.getByRole('switch', { name: /^Include titled faculty/ }).click();
    if (this.#withTitled) await flip();
    else await this.screen.answer({ method: 'GET', path: '/fairness/audit' }, flip);
    this.#withTitled = true;
    await this.#seeWorkloads();
  }

  /** Names in the table. */
  async names(): Promise<string[]> {
    const rows = this.#table.getByRole('row').filter({ has: this.screen.page.getByRole('cell') });
    const names = await rows.evaluateAll((all) =>
      all.map((row) => row.firstElementChild?.textContent?.trim()),
    );
    return names.filter((name): name is string => Boolean(name));
  }

  /** Searches the table for somebody; ends when his or her row is the first. */
  async searchWorkloads(name: string): Promise<void> {
    await this.screen.page.getByRole('textbox', { name: 'Search table' }).fill(name);
    await this.screen.see(this.#table.getByRole('row').nth(1).getByRole('cell', { name, exact: true }));
  }

  async openGameTheory(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: 'Game Theory & Markets' }).click();
    await this.screen.see(page.getByRole('heading', { name: 'Game Theory Analysis', level: 1 }));
  }

  async #seeWorkloads(): Promise<void> {
    const { page } = this.screen;
    await this.screen.see(page.getByRole('heading', { name: 'Faculty Workloads', level: 2 }));
    await this.screen.see(this.#table.getByRole('row').nth(1));
  }

  get #table(): Locator {
    return this.screen.page.getByRole('table', { name: 'Data table' });
  }
}
