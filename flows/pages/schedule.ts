import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

export class SchedulePage extends PageObject {
  /** Ends when the grid of the current block is there. */
  async open(): Promise<void> {
    await this.navigation.follow('Schedule');
    await this.screen.see(this.screen.page.getByRole('heading', { name: 'Schedule', exact: true, level: 1 }));
    await this.#seeGrid();
  }

  async switchTo(view: 'Month' | 'Week' | 'Block'): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: `Switch to ${view} view` }).click();
    if (view === 'Month') await this.screen.see(page.getByRole('grid', { name: 'Monthly calendar view' }));
    else if (view === 'Week') await this.#seeWeek(this.#weekHeader);
    else await this.#seeGrid();
  }

  /** Ends when the days at the head of the grid are other ones, or the word that they are empty has come. */
  async nextWeek(): Promise<void> {
    const shown = (await this.#weekHeader.textContent({ timeout: 1000 }).catch(() => null)) ?? 'no week';
    await this.screen.page.getByRole('button', { name: 'Next week' }).click();
    await this.#seeWeek(this.#weekHeader.filter({ hasNotText: shown }));
  }

  /** Ends when the status names the other block and its grid is there. */
  async nextBlock(): Promise<void> {
    await this.#turnBlock('Next block');
  }

  async previousBlock(): Promise<void> {
    await this.#turnBlock('Previous block');
  }

  async #turnBlock(button: string): Promise<void> {
    const { page } = this.screen;
    const status = page.getByRole('status').filter({ hasText: /^Block \d+ \(/ });
    const shown = (await status.textContent()) ?? '';
    await page.getByRole('button', { name: button }).click();
    await this.screen.see(status.filter({ hasNotText: shown }));
    await this.#seeGrid();
  }

  async #seeWeek(header: Locator): Promise<void> {
    const none = this.screen.page.getByText('No schedule data for this week.');
    if ((await this.screen.seeOneOf({ week: header, none })) === 'week') await this.screen.see(header, true);
  }

  async #seeGrid(): Promise<void> {
    const { page } = this.screen;
    const grid = page.getByRole('grid', { name: 'Schedule grid showing assignments by person and date' });
    // The grid has thousands of cells: wait for it and for the first person, not for all of them.
    await this.screen.see(grid);
    await this.screen.see(grid.getByRole('rowheader').first());
  }

  get #weekHeader(): Locator {
    return this.screen.page.getByRole('grid', { name: 'Weekly schedule grid' }).getByRole('row').first();
  }
}
