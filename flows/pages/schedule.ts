import type { Screen } from '../../measure/browser/screen.ts';
import type { Navigation } from './navigation.ts';

export class SchedulePage {
  readonly #screen: Screen;
  readonly #navigation: Navigation;

  constructor(screen: Screen, navigation: Navigation) {
    this.#screen = screen;
    this.#navigation = navigation;
  }

  /** Ends when the grid of the current block is there. */
  async open(): Promise<void> {
    await this.#navigation.follow('Schedule');
    await this.#screen.see(this.#screen.page.getByRole('heading', { name: 'Schedule', exact: true, level: 1 }));
    await this.#seeGrid();
  }

  async switchTo(view: 'Month' | 'Week' | 'Block'): Promise<void> {
    const { page } = this.#screen;
    const seen = {
      Month: page.getByRole('grid', { name: 'Monthly calendar view' }),
      Week: page.getByRole('region', { name: 'Weekly schedule view' }),
      Block: page.getByRole('grid', { name: 'Schedule grid showing assignments by person and date' }),
    };
    await page.getByRole('button', { name: `Switch to ${view} view` }).click();
    await this.#screen.see(seen[view]);
  }

  async nextMonth(): Promise<void> {
    const { page } = this.#screen;
    await this.#turn('Next month', page.getByRole('grid', { name: 'Monthly calendar view' }));
  }

  async nextWeek(): Promise<void> {
    const { page } = this.#screen;
    await this.#turn('Next week', page.getByRole('region', { name: 'Weekly schedule view' }));
  }

  /** Ends when the status names the other block and its grid is there. */
  async nextBlock(): Promise<void> {
    const { page } = this.#screen;
    const status = page.getByRole('status').filter({ hasText: /^Block \d+ \(/ });
    const shown = await status.innerText();
    await page.getByRole('button', { name: 'Next block' }).click();
    await this.#screen.see(status.filter({ hasNotText: shown }));
    await this.#seeGrid();
  }

  async #turn(button: string, seen: import('@playwright/test').Locator): Promise<void> {
    const { page } = this.#screen;
    await this.#screen.answer({ method: 'GET', path: '/assignments' }, () =>
      page.getByRole('button', { name: button }).click(),
    );
    await this.#screen.see(seen);
  }

  async #seeGrid(): Promise<void> {
    const { page } = this.#screen;
    const grid = page.getByRole('grid', { name: 'Schedule grid showing assignments by person and date' });
    // The grid has thousands of cells: wait for it and for the first person, not for all of them.
    await this.#screen.see(grid);
    await this.#screen.see(grid.getByRole('rowheader').first());
  }
}
