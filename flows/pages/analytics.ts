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

  /** Types into the search of the table. Which rows stay is the table's own business: the step ends with the input. */
  async searchWorkloads(text: string): Promise<void> {
    await this.screen.page.getByRole('textbox', { name: 'Search table' }).fill(text);
  }

  async openGameTheory(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: 'Game Theory & Markets' }).click();
    await this.screen.see(page.getByRole('heading', { name: 'Game Theory Analysis', level: 1 }));
  }

  async #seeWorkloads(): Promise<void> {
    const { page } = this.screen;
    await this.screen.see(page.getByRole('heading', { name: 'Faculty Workloads', level: 2 }));
    await this.screen.see(page.getByRole('table', { name: 'Data table' }).getByRole('row').nth(1));
  }
}
