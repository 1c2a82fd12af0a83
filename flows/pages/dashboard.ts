import { jsonOf } from '../../measure/browser/request-sample.ts';
import { describeAnswer } from '../../measure/errors/answer-text.ts';
import { PageObject } from './page-object.ts';

export interface GenerateOptions {
  /** `YYYY-MM-DD`. */
  start: string;
  end: string;
}

export class DashboardPage extends PageObject {
  /** The dashboard is where sign-in leads to. */
  isOpen(): boolean {
    return new URL(this.screen.page.url()).pathname === '/';
  }

  /** Ends when the week's summary has come. */
  async open(): Promise<void> {
    await this.navigation.follow('Dashboard');
    await this.screen.see(this.screen.page.getByRole('heading', { name: 'Dashboard', level: 1 }));
    await this.screen.see(
      this.screen.page.getByRole('link', { name: 'View complete schedule for all staff' }),
    );
  }

  /** For admins: the bytes of the saved workbook. */
  async exportToExcel(): Promise<Buffer> {
    return this.screen.download(() =>
      this.screen.page.getByRole('button', { name: 'Export schedule to Excel' }).click(),
    );
  }

  async openGenerateDialog(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'Generate a new schedule' }).click();
    await this.screen.see(this.#dialog.getByRole('button', { name: 'Generate schedule', exact: true }));
  }

  async fillInGenerateDialog({ start, end }: GenerateOptions): Promise<void> {
    const dialog = this.#dialog;
    // The two dates have labels that are not tied to them (docs/contract/ui.md §2.5): first is start, second
    // is end.
    const dates = dialog.locator('input[type="date"]');
    await dates.nth(0).fill(start);
    await dates.nth(1).fill(end);
    // The preset algorithm is refused in production; this one is taken everywhere (docs/contract/ui.md §4.3).
    await this.screen.choose(dialog.getByRole('combobox', { name: 'Algorithm' }), /^CP-SAT/);
    await this.screen.choose(dialog.getByRole('combobox', { name: 'Solver Timeout' }), /^30 seconds/);
  }

  /**
   * Ends with the word that a draft was made, or with another answer: 422, which is right where a resident is absent
   * throughout; 500, which a target with its limits on gives although it has made one (docs/contract/api.md §2.3); 500 of the
   * pages' server, which waits no longer (docs/contract/ui.md §7).
   */
  async generateDraft(): Promise<{ end: 'made' | 'refused' | 'error' | 'given up'; said?: string }> {
    const dialog = this.#dialog;
    const { status, response } = await this.screen.answerOrDefect(
      { method: 'POST', path: '/schedule/generate', status: [200, 207, 422], defect: [500] },
      () => dialog.getByRole('button', { name: 'Generate schedule', exact: true }).click(),
    );
    if (status === 422) return { end: 'refused', said: describeAnswer(status, await jsonOf(response)) };
    if (status === 500) {
      const type = response?.headers()['content-type'];
      return { end: response && !type?.includes('json') ? 'given up' : 'error' };
    }
    await this.screen.see(dialog.getByText('Draft Schedule Created').first());
    return { end: 'made' };
  }

  async closeGenerateDialog(): Promise<void> {
    const dialog = this.#dialog;
    await dialog
      .getByRole('button', { name: 'Done' })
      .or(dialog.getByRole('button', { name: 'Cancel schedule generation' }))
      .first()
      .click();
    await this.screen.seeClosed(this.#dialog);
  }

  get #dialog() {
    return this.screen.page.getByRole('dialog', { name: 'Generate Schedule' });
  }
}
