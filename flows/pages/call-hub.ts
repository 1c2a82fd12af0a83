import { PageObject } from './page-object.ts';

export class CallHubPage extends PageObject {
  /** Ends when the month's roster is there: its days say who has call. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Call');
    await this.screen.see(page.getByRole('heading', { name: 'Call Hub', level: 1 }));
    await this.#seeRoster();
  }

  async nextMonth(): Promise<void> {
    await this.#turn('Next month');
  }

  async previousMonth(): Promise<void> {
    await this.#turn('Previous month');
  }

  async #turn(button: string): Promise<void> {
    const { page } = this.screen;
    const month = page.getByRole('heading', { level: 2 }).filter({ hasText: /^[A-Z][a-z]+ \d{4}$/ });
    const shown = (await month.textContent()) ?? '';
    await page.getByRole('button', { name: button }).click();
    await this.screen.see(month.filter({ hasNotText: shown }));
    await this.#seeRoster();
  }

  async #seeRoster(): Promise<void> {
    const { page } = this.screen;
    await this.screen.seeOneOf({
      roster: page.getByRole('button', { name: /^[A-Z][a-z]+ 1 - \d+ assignments?$/ }).first(),
      none: page.getByText('No on-call assignments found for this month'),
    });
  }
}
