import type { Locator } from '@playwright/test';
import type { Person } from '../../fixtures/data/generate.ts';
import { PageObject } from './page-object.ts';

export class PeoplePage extends PageObject {
  /** Ends when the directory has come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('People');
    await this.screen.see(page.getByRole('heading', { name: 'People Hub', level: 1 }));
    await this.screen.see(page.getByRole('list', { name: 'People directory' }));
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
    await form.getByRole('combobox', { name: 'Type' }).selectOption(person.type);
    await form.getByRole('combobox', { name: 'PGY Level' }).selectOption(String(person.pgyLevel));
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

  #row(name: string): Locator {
    return this.screen.page.getByRole('row').filter({ hasText: name });
  }

  get #addForm(): Locator {
    return this.screen.page.getByRole('form', { name: 'Add new person form' });
  }

  get #editDialog(): Locator {
    return this.screen.page.getByRole('dialog', { name: 'Edit Person' });
  }
}
