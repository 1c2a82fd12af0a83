import type { Locator } from '@playwright/test';
import { PageObject } from './page-object.ts';

/** "Admin Actions" of the Swaps Hub: for coordinators and admins. */
export class SwapActionsPage extends PageObject {
  /** Ends when the form can be filled: the faculty to choose from have come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Swaps');
    await this.screen.see(page.getByRole('heading', { name: 'Swaps Hub', level: 1 }));
    await page.getByRole('tab', { name: /^Admin Actions/ }).click();
    await this.screen.see(this.#validateButton);
    await this.screen.choices(this.#sourceFaculty);
    await this.screen.choices(this.#sourceWeek);
  }

  /** A colleague takes over a week. `pick` chooses from what the form offers. */
  async fillInAbsorb(pick: (texts: string[]) => string, reason: string): Promise<void> {
    const { page } = this.screen;
    await this.#choose(this.#sourceFaculty, pick);
    await this.#choose(this.#sourceWeek, pick);
    await page.getByRole('radio', { name: 'Absorb' }).check();
    await this.#choose(page.locator('#target-faculty'), pick);
    await page.locator('#swap-reason').fill(reason); // an empty one is refused (docs/contract/ui.md §4.7)
  }

  /** The dry run: ends with its result on the page. `valid` is what the answer said. */
  async validate(): Promise<{ shown: 'passed' | 'issues'; valid: boolean; errors: string[] }> {
    const { page } = this.screen;
    const response = await this.screen.answer({ method: 'POST', path: '/swaps/validate' }, () =>
      this.#validateButton.click(),
    );
    const shown = await this.screen.seeOneOf({
      passed: page.getByText('Validation Passed'),
      issues: page.getByText('Validation Issues'),
    });
    return { shown, ...((await response.json()) as { valid: boolean; errors: string[] }) };
  }

  /** How far a change may reach, as the bar at the top says it, e.g. "Scoped Changes". */
  async permissionLevel(): Promise<string> {
    const bar = this.screen.page.getByRole('status', { name: /^Permission level: / });
    return (await bar.innerText()).trim();
  }

  async #choose(select: Locator, pick: (texts: string[]) => string): Promise<void> {
    await this.screen.choose(select, pick);
  }

  /** The labels of source and target are the same words: ids tell them apart (docs/contract/ui.md §4.7). */
  get #sourceFaculty(): Locator {
    return this.screen.page.locator('#source-faculty');
  }

  get #sourceWeek(): Locator {
    return this.screen.page.locator('#source-week');
  }

  get #validateButton(): Locator {
    return this.screen.page.getByRole('button', { name: 'Validate (Dry Run)' });
  }
}
