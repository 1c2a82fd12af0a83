import { PageObject } from './page-object.ts';

/** "Scheduling Laboratory". Its own buttons write live data: nothing here presses them. */
export class LaboratoryPage extends PageObject {
  /**
   * Narrows the range to one week, so that what is validated is small. The inputs have no labels: timeout, start
   * block, end block (docs/contract/ui.md §4.15).
   */
  async narrowRange(): Promise<void> {
    const numbers = this.screen.page.locator('input[type="number"]');
    await numbers.nth(1).fill('1');
    await numbers.nth(2).fill('14');
  }

  /** Ends with the result on the page; nothing is changed. `valid` is what the answer said. */
  async validate(): Promise<{ shown: 'valid' | 'violations'; valid: boolean }> {
    const { page } = this.screen;
    const response = await this.screen.answer({ method: 'POST', path: '/schedule/validate-config' }, () =>
      page.getByRole('button', { name: 'Validate Configuration' }).click(),
    );
    const shown = await this.screen.seeOneOf({
      valid: page.getByText('Valid Configuration', { exact: true }),
      violations: page.getByText(/^\d+ Violation\(s\)$/),
    });
    return { shown, ...((await response.json()) as { valid: boolean }) };
  }

  /** The runs so far. */
  async openHistory(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'History', exact: true }).click();
    await this.screen.see(page.getByRole('button', { name: 'Compare Runs' }));
  }

  /**
   * The queue: looked at only. A queued run makes the list of runs answer 500 afterwards
   * (docs/contract/ui.md §4.15).
   */
  async openQueue(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'Experimentation', exact: true }).click();
    await this.screen.see(page.getByRole('button', { name: /^Queue \d+ Experiment/ }));
  }

  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followAdmin('Lab');
    await this.screen.see(page.getByRole('heading', { name: 'Scheduling Laboratory', level: 1 }));
    await this.screen.see(page.getByRole('heading', { name: 'Run Schedule', level: 3 }));
  }
}
