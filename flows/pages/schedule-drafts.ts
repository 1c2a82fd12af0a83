import type { Locator } from '@playwright/test';
import type { DateRange } from '../../fixtures/data/dates.ts';
import { PageObject } from './page-object.ts';

interface Draft {
  id: string;
  target_start_date: string;
}

export class ScheduleDraftsPage extends PageObject {
  /** The drafts in the order of the table's rows, as the page was told them. */
  #drafts: Draft[] = [];

  /** From the laboratory, whose "View Drafts" is the only link to it. Ends when the list has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    const response = await this.screen.answer({ method: 'GET', path: '/schedules/drafts' }, () =>
      page.getByRole('link', { name: 'View Drafts' }).click(),
    );
    this.#drafts = ((await response.json()) as { items: Draft[] }).items;
    await this.screen.see(page.getByRole('heading', { name: 'Schedule Drafts', level: 1 }));
    await this.screen.see(page.getByRole('row').nth(1));
  }

  async review(range: DateRange): Promise<void> {
    const { page } = this.screen;
    // "Review" is a link or a button (contract ui.md §4.16).
    const row = this.#row(range);
    await row
      .getByRole('link', { name: 'Review' })
      .or(row.getByRole('button', { name: 'Review' }))
      .first()
      .click();
    await this.screen.see(page.getByRole('heading', { name: 'Draft Details', level: 2 }));
  }

  /** The detail page names no way back: the browser's own button. */
  async back(): Promise<void> {
    const { page } = this.screen;
    await page.goBack({ waitUntil: 'commit' });
    await this.screen.see(page.getByRole('heading', { name: 'Schedule Drafts', level: 1 }));
    await this.screen.see(page.getByRole('row').nth(1));
  }

  /** The trash button has no name: it is the last of its row. The page asks again by a native dialog. */
  async discard(range: DateRange): Promise<void> {
    const { page } = this.screen;
    page.once('dialog', (dialog) => void dialog.accept());
    await this.screen.answer({ method: 'DELETE', path: '/schedules/drafts/*', status: [204] }, () =>
      this.#row(range).getByRole('button').last().click(),
    );
    await this.screen.see(page.getByText('Draft discarded'));
  }

  /** Rows have no name and show dates in words: the order of the list is what tells them apart. */
  #row(range: DateRange): Locator {
    const index = this.#drafts.findIndex((draft) => draft.target_start_date === range.start);
    if (index < 0) throw new Error(`the list has no draft that begins on ${range.start}`);
    return this.screen.page.getByRole('row').nth(index + 1); // row 0 is the header
  }
}
