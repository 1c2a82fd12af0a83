import type { Locator, Response } from '@playwright/test';
import type { DateRange } from '../../fixtures/data/dates.ts';
import { PageObject } from './page-object.ts';

interface Draft {
  id: string;
  status: string;
  target_start_date: string;
  target_end_date: string;
}

export class ScheduleDraftsPage extends PageObject {
  /** The drafts in the order of the table's rows, as the page last got them. */
  #drafts: Draft[] = [];
  #isListening = false;

  /** From the laboratory, whose "View Drafts" is the only link to it. Ends when the list has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    const response = await this.screen.answer({ method: 'GET', path: '/schedules/drafts' }, () =>
      page.getByRole('link', { name: 'View Drafts' }).click(),
    );
    await this.#listed(response);
    this.#listen();
    await this.screen.see(page.getByRole('heading', { name: 'Schedule Drafts', level: 1 }));
    await this.screen.see(page.getByRole('row').nth(1));
  }

  /** Gives the draft's id. */
  async review(range: DateRange): Promise<string> {
    const { page } = this.screen;
    // "Review" is a link or a button (docs/contract/ui.md §4.16).
    const row = this.#row(range);
    const { id } = this.#drafts[this.#place(range)] as Draft;
    await row
      .getByRole('link', { name: 'Review' })
      .or(row.getByRole('button', { name: 'Review' }))
      .first()
      .click();
    await this.screen.see(page.getByRole('heading', { name: 'Draft Details', level: 2 }));
    return id;
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
    const told = page.getByText('Draft discarded');
    await this.screen.gone(told);
    page.once('dialog', (dialog) => void dialog.accept());
    const { id } = this.#drafts[this.#place(range)] as Draft;
    await this.screen.answer({ method: 'DELETE', path: `/schedules/drafts/${id}`, status: [204] }, () =>
      this.#row(range).getByRole('button').last().click(),
    );
    await this.screen.see(told);
  }

  /** The list may be asked for again; once a session, however often the page is opened. */
  #listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.screen.page.on('response', (again) => {
      const { pathname } = new URL(again.url());
      if (again.request().method() === 'GET' && again.ok() && pathname.endsWith('/schedules/drafts'))
        this.#listed(again).catch(() => undefined); // the page went on before the list was read
    });
  }

  async #listed(response: Response): Promise<void> {
    this.#drafts = ((await response.json()) as { items: Draft[] }).items;
  }

  #row(range: DateRange): Locator {
    return this.screen.page.getByRole('row').nth(this.#place(range) + 1); // row 0 is the header
  }

  /** Rows have no name and show dates in words: the order of the list is what tells them apart. */
  #place({ start, end }: DateRange): number {
    const place = this.#drafts.findIndex(
      (draft) =>
        draft.status === 'draft' && draft.target_start_date === start && draft.target_end_date === end,
    );
    if (place < 0) throw new Error(`the list has no pending draft of ${start} to ${end}`);
    return place;
  }
}
