import type { Locator } from '@playwright/test';
import type { Person } from '../../fixtures/data/generate.ts';
import { PageObject } from './page-object.ts';

export class PeoplePage extends PageObject {
  /**
   * Ends when the directory has come. The first click after signing in leads back to the dashboard
   * (docs/contract/ui.md §1.5). @returns how many clicks it took
   */
  async open(): Promise<number> {
    const { page } = this.screen;
    const clicks = await this.navigation.followUntil('People', () =>
      this.screen.see(page.getByRole('heading', { name: 'People Hub', level: 1 })),
    );
    await this.screen.see(page.getByRole('list', { name: 'People directory' }));
    return clicks;
  }

  /** Names on the cards of the directory. */
  async names(): Promise<string[]> {
    const names = this.#directory.getByRole('heading', { level: 3 });
    await names.first().waitFor();
    return names.allInnerTexts();
  }

  /** Types a name into the directory's search; ends when the number of people found is another. */
  async lookUp(name: string): Promise<void> {
    await this.#untilOthersAreShown(() =>
      this.screen.page.getByRole('searchbox', { name: 'Search people' }).fill(name),
    );
    await this.screen.see(this.#directory.getByRole('heading', { name, level: 3, exact: true }));
  }

  /** Ends when all are there again. */
  async clearSearch(): Promise<void> {
    await this.#untilOthersAreShown(() =>
      this.screen.page.getByRole('searchbox', { name: 'Search people' }).fill(''),
    );
  }

  /** Ends when the people of that type have come: the filter asks the server. */
  async showOnly(type: 'Residents' | 'Faculty'): Promise<void> {
    await this.#untilOthersAreShown(() =>
      this.screen.choose(this.screen.page.getByRole('combobox', { name: 'Filter by type' }), type),
    );
  }

  async #untilOthersAreShown(action: () => Promise<unknown>): Promise<void> {
    const count = this.screen.page.getByText(/^\d+ (people|person)$/);
    const shown = (await count.textContent()) ?? '';
    await action();
    await this.screen.see(count.filter({ hasNotText: shown }));
  }

  /** The lines of the saved file, its header first. */
  async exportCsv(): Promise<string[]> {
    const { page } = this.screen;
    const content = await this.screen.download(async () => {
      await page.getByRole('button', { name: 'Export data menu' }).click();
      await page.getByRole('menuitem', { name: 'Export as CSV' }).click();
    });
    return content.toString('utf8').trim().split(/\r?\n/);
  }

  async openManage(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: 'Manage', exact: true }).click();
    await this.screen.see(page.getByRole('checkbox', { name: 'Select all people' }));
  }

  async openAddDialog(): Promise<void> {
    await this.screen.page.getByRole('button', { name: 'Add Person', exact: true }).click();
    await this.screen.see(this.#addForm.getByRole('textbox', { name: 'Name' }));
  }

  async fillIn(person: Person): Promise<void> {
    const form = this.#addForm;
    await form.getByRole('textbox', { name: 'Name' }).fill(person.name);
    await form.getByRole('textbox', { name: 'Email' }).fill(person.email);
    await this.screen.choose(form.getByRole('combobox', { name: 'Type' }), 'Resident');
    // "PGY-1 (Intern)"
    const level = new RegExp(`^PGY-${person.pgyLevel}\\b`);
    await this.screen.choose(form.getByRole('combobox', { name: 'PGY Level' }), level);
    await form.getByRole('checkbox', { name: 'Performs procedures' }).setChecked(person.performsProcedures);
    await form.getByRole('textbox', { name: 'Specialties' }).fill(person.specialties.join(', '));
  }

  /** Ends when the dialog has closed after its answer. Gives the new person's id. */
  async add(): Promise<string> {
    const form = this.#addForm;
    const response = await this.screen.answer({ method: 'POST', path: '/people', status: [201] }, () =>
      form.getByRole('button', { name: 'Add new person' }).click(),
    );
    await this.screen.seeClosed(this.screen.page.getByRole('dialog', { name: 'Add Person' }));
    return ((await response.json()) as { id: string }).id;
  }

  /** Types the name into the search and waits for the row. */
  async find(name: string): Promise<void> {
    await this.screen.page.getByRole('searchbox', { name: 'Search people' }).fill(name);
    await this.screen.see(this.#row(name));
    await this.screen.see(this.screen.page.getByText(/^1 (people|person)$/));
  }

  async openEditDialog(name: string): Promise<void> {
    await this.#row(name).getByRole('cell', { name, exact: true }).click();
    await this.screen.see(this.#editDialog.getByRole('textbox', { name: 'Specialties' }));
  }

  async saveSpecialties(specialties: string): Promise<void> {
    await this.#editDialog.getByRole('textbox', { name: 'Specialties' }).fill(specialties);
    await this.screen.answer({ method: 'PUT', path: '/people/*' }, () =>
      this.#editDialog.getByRole('button', { name: 'Save Changes' }).click(),
    );
    await this.screen.see(this.screen.page.getByRole('cell', { name: specialties }));
  }

  async select(name: string): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('checkbox', { name: `Select ${name}`, exact: true }).check();
    await this.screen.see(page.getByText(/^1 people selected$/));
  }

  /** For those selected; ends with the word of it. False: refused, by a known defect. */
  async setPgy(level: 1 | 2 | 3): Promise<boolean> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'Set PGY', exact: true }).click();
    const response = await this.screen.answer({ method: 'PUT', path: '/people/batch', defect: [422] }, () =>
      page.getByRole('button', { name: `PGY-${level}`, exact: true }).click(),
    );
    if (response.status() === 422) return false;
    await this.screen.see(page.getByText(`1 people updated to PGY-${level}`));
    return true;
  }

  #row(name: string): Locator {
    return this.screen.page.getByRole('row').filter({ hasText: name });
  }

  get #directory(): Locator {
    return this.screen.page.getByRole('list', { name: 'People directory' });
  }

  get #addForm(): Locator {
    return this.screen.page.getByRole('form', { name: 'Add new person form' });
  }

  get #editDialog(): Locator {
    return this.screen.page.getByRole('dialog', { name: 'Edit Person' });
  }
}
