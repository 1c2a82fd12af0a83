import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

/** "Operations Hub". */
export class OperationsPage extends PageObject {
  /** Days whose manifest has been asked for: an answer is kept for a while. */
  readonly #days = new Set<string>();
  /** The same for coverage, in days from today. */
  readonly #coverageDays = new Set<number>();
  #coverageDay = 0;

  constructor(...parts: ConstructorParameters<typeof PageObject>) {
    super(...parts);
    // A new document has none of the answers of the one before it.
    this.screen.page.on('domcontentloaded', () => {
      this.#days.clear();
      this.#coverageDays.clear();
    });
  }

  /** Ends when today's manifest has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Ops Hub');
    await this.screen.see(page.getByRole('heading', { name: 'Operations Hub', level: 1 }));
    await this.#seeManifest();
  }

  /** Ends when that day's manifest has come: the staff of the clinic, or the word that there is none. */
  async openDay(date: string): Promise<void> {
    const choose = () => this.screen.page.getByRole('textbox', { name: 'Select date' }).fill(date);
    if (this.#days.has(date)) await choose();
    else await this.screen.answer({ method: 'GET', path: '/assignments/daily-manifest/v2' }, choose);
    this.#days.add(date);
    await this.#seeManifest();
  }

  /** Types into the search of the manifest; the step ends with the input. */
  async search(text: string): Promise<void> {
    await this.screen.page.getByPlaceholder('Search locations or people...').fill(text);
  }

  /** For coordinators and admins. Ends when today's coverage has come. */
  async openCoverage(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: /^Proxy Coverage/ }).click();
    this.#coverageDay = 0;
    await this.screen.see(page.getByRole('heading', { name: 'Proxy Coverage', level: 1 }));
    await this.#seeCoverage();
  }

  /**
   * Ends when the next day's coverage has come; it is kept for a while, so only the first time asks. Its button has
   * no name: of the two without one it is the second, after the one that goes back
   * (docs/contract/ui.md §4.22).
   */
  async nextCoverageDay(): Promise<void> {
    const { page } = this.screen;
    const turn = () => page.getByRole('tabpanel').getByRole('button', { name: /^$/ }).nth(1).click();
    this.#coverageDay += 1;
    if (this.#coverageDays.has(this.#coverageDay)) await turn();
    else await this.screen.answer({ method: 'GET', path: '/proxy-coverage' }, turn);
    this.#coverageDays.add(this.#coverageDay);
    await this.#seeCoverage();
  }

  async #seeCoverage(): Promise<void> {
    await this.screen.see(this.screen.page.getByRole('heading', { name: 'Active Coverage Today', level: 2 }));
  }

  async #seeManifest(): Promise<void> {
    const { page } = this.screen;
    const staff: Locator = page.getByRole('heading', {
      name: /^FM Clinic Coverage \(\d+ staff\)$/,
      level: 2,
    });
    const none = page.getByRole('heading', { name: /^No Schedule Data for /, level: 3 });
    await this.screen.seeOneOf({ staff, none });
  }
}
