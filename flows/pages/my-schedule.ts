import { PageObject } from './page-object.ts';

/** "Nov 23 - Dec 6, 2026": which days are shown. */
const RANGE = /[A-Z][a-z]{2} \d{1,2}(, \d{4})? - [A-Z][a-z]{2} \d{1,2}, \d{4}/;

export class MySchedulePage extends PageObject {
  /** Ends when the user's own assignments have come, or the word that there are none. */
  async open(): Promise<void> {
    await this.navigation.follow('My Schedule');
    await this.screen.see(this.screen.page.getByRole('heading', { name: /Schedule$/, level: 1 }).first());
    await this.#seeRows();
  }

  async show(range: '1 Week' | '2 Weeks' | 'Month'): Promise<void> {
    await this.#turn(range);
  }

  async next(): Promise<void> {
    await this.#turn('Next');
  }

  async previous(): Promise<void> {
    await this.#turn('Previous');
  }

  /** Back to the range that holds today. Only from another one: nothing changes otherwise. */
  async today(): Promise<void> {
    await this.#turn('Today');
  }

  /** Nothing can be exported while nothing is scheduled. */
  async canExport(): Promise<boolean> {
    return this.screen.page.getByRole('button', { name: 'Export to CSV' }).isEnabled();
  }

  /** The lines of the saved file, its header first. */
  async exportCsv(): Promise<string[]> {
    const content = await this.screen.download(() =>
      this.screen.page.getByRole('button', { name: 'Export to CSV' }).click(),
    );
    return content.toString('utf8').trim().split(/\r?\n/);
  }

  /** Ends when the other range is named and its rows are there. */
  async #turn(button: string): Promise<void> {
    const { page } = this.screen;
    const shown = (await page.getByText(RANGE).first().textContent()) ?? '';
    await page.getByRole('button', { name: button, exact: true }).click();
    await this.screen.see(page.getByText(RANGE).filter({ hasNotText: shown }).first());
    await this.#seeRows();
  }

  async #seeRows(): Promise<void> {
    const { page } = this.screen;
    await this.screen.seeOneOf({
      rows: page.getByText(/^\d+ days? scheduled$/),
      none: page.getByText('No assignments scheduled'),
    });
  }
}
