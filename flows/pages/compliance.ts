import { PageObject } from './page-object.ts';

export class CompliancePage extends PageObject {
  /** Ends when this month's validation has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Compliance');
    await this.screen.see(page.getByRole('heading', { name: 'Compliance Hub', level: 1 }));
    await this.#seeResult();
  }

  /** Ends when the month before is named and its validation has come. */
  async previousMonth(): Promise<void> {
    await this.#turn('Previous month');
  }

  async nextMonth(): Promise<void> {
    await this.#turn('Next month');
  }

  async #turn(button: string): Promise<void> {
    const { page } = this.screen;
    const month = page.getByRole('button', { name: /^[A-Z][a-z]+ \d{4}$/ });
    const shown = (await month.textContent()) ?? '';
    await page.getByRole('button', { name: button }).click();
    await this.screen.see(month.filter({ hasNotText: shown }));
    await this.#seeResult();
  }

  /** Ends when the residents' balances have come, that of `name` among them. */
  async openAwayFromProgram(name = ''): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: 'Away-From-Program' }).click();
    await this.screen.see(page.getByText('Total Residents'));
    // Each row has a button of its person; the names themselves are cells among others.
    await this.screen.see(page.getByRole('button', { name: `View schedule for ${name}` }).first());
  }

  async #seeResult(): Promise<void> {
    const { page } = this.screen;
    await this.screen.see(
      page.getByRole('heading', { name: /^(No Violations|Violations Requiring Attention)$/, level: 2 }),
    );
  }
}
