import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

type View = 'Month' | 'Week' | 'Block';

export class SchedulePage extends PageObject {
  /**
   * Ends when the view is there that the user had last (docs/contract/ui.md §4.5), a block at first. Gives
   * which.
   */
  async open(): Promise<View> {
    const { page } = this.screen;
    await this.navigation.follow('Schedule');
    await this.screen.see(page.getByRole('heading', { name: 'Schedule', exact: true, level: 1 }));
    const view = await this.screen.seeOneOf({
      Block: this.#blockGrid,
      Month: this.#month,
      Week: this.#weekHeader.or(this.#emptyWeek),
    });
    if (view === 'Block') await this.#seeGrid();
    return view;
  }

  async switchTo(view: View): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: `Switch to ${view} view` }).click();
    if (view === 'Month') await this.screen.see(this.#month);
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
    const seen = await this.screen.seeOneOf({ week: header, none: this.#emptyWeek });
    if (seen === 'week') await this.screen.see(header);
  }

  async #seeGrid(): Promise<void> {
    const grid = this.#blockGrid;
    // The grid has thousands of cells: wait for it and for the first person, not for all of them.
    await this.screen.see(grid);
    await this.screen.see(grid.getByRole('rowheader').first());
  }

  get #blockGrid(): Locator {
    return this.screen.page.getByRole('grid', {
      name: 'Schedule grid showing assignments by person and date',
    });
  }

  get #month(): Locator {
    return this.screen.page.getByRole('grid', { name: 'Monthly calendar view' });
  }

  get #emptyWeek(): Locator {
    return this.screen.page.getByText('No schedule data for this week.');
  }

  get #weekHeader(): Locator {
    return this.screen.page.getByRole('grid', { name: 'Weekly schedule grid' }).getByRole('row').first();
  }
}
