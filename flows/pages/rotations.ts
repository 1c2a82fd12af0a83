import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

export class RotationsPage extends PageObject {
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Rotations');
    await this.screen.see(page.getByRole('heading', { name: 'Rotations Hub', level: 1 }));
    await this.screen.see(page.getByRole('tab', { name: 'Inpatient (Fixed Grid)' }));
  }

  /** Ends when the templates have come: cards that are buttons with a heading. */
  async openInpatient(): Promise<void> {
    await this.screen.page.getByRole('tab', { name: 'Inpatient (Fixed Grid)' }).click();
    await this.screen.see(this.#cards.first());
  }

  /** Names on the cards. */
  async names(): Promise<string[]> {
    const names = this.#cards.getByRole('heading', { level: 3 });
    await names.first().waitFor();
    return names.allInnerTexts();
  }

  /** Searches for a name that no card has; ends with the word that there is none. */
  async searchInVain(text: string): Promise<void> {
    await this.#search.fill(text);
    await this.screen.see(this.screen.page.getByText('No rotations found'));
  }

  /** Searches for a card after one was searched in vain; ends when it is there. */
  async search(name: string): Promise<void> {
    await this.#search.fill(name);
    await this.screen.see(this.#card(name));
  }

  /** Ends when the card's week can be closed again. */
  async openCard(name: string): Promise<void> {
    await this.#card(name).click();
    await this.screen.see(this.screen.page.getByRole('button', { name: 'Close editor' }));
  }

  /** The search has no label (docs/contract/ui.md §4.11). */
  get #search(): Locator {
    return this.screen.page.getByPlaceholder('Search rotations...');
  }

  get #cards(): Locator {
    const { page } = this.screen;
    return page.getByRole('button').filter({ has: page.getByRole('heading', { level: 3 }) });
  }

  #card(name: string): Locator {
    const { page } = this.screen;
    return page
      .getByRole('button')
      .filter({ has: page.getByRole('heading', { name, level: 3, exact: true }) });
  }
}
