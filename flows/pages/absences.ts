import type { Locator } from '@playwright/test';
import { literally } from '../../config/literally.ts';
import type { Absence } from '../../fixtures/data/generate.ts';
import type { Screen } from '../../measure/steps/screen.ts';
import type { ApiObserver } from './api-observer.ts';
import type { Navigation } from './navigation.ts';
import { PageObject } from './page-object.ts';

export class AbsencesPage extends PageObject {
  readonly #observer: ApiObserver;

  constructor(screen: Screen, navigation: Navigation, observer: ApiObserver) {
    super(screen, navigation);
    this.#observer = observer;
  }

  /** Ends when the calendar is there. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followMore('Absences');
    await this.screen.see(page.getByRole('heading', { name: 'Absences Hub', level: 1 }));
    await this.screen.see(page.getByRole('button', { name: 'Previous month' }));
  }

  async openAddDialog(): Promise<void> {
    // The dialog's own button has the same name: this one is outside of it.
    await this.screen.page.getByRole('button', { name: 'Add Absence' }).first().click();
    await this.screen.see(this.#person);
  }

  /** Whether the user is one of the people to choose from: an account may be nobody's. With the dialog open. */
  async canFillIn(): Promise<boolean> {
    return (await this.#observer.ownName()) !== undefined;
  }

  /** Fills the dialog for the user's own person. */
  async fillIn(absence: Absence): Promise<void> {
    const own = (await this.#observer.ownName()) ?? '';
    // "Ann Lee (PGY-1)": the whole name, which may be part of another's.
    await this.screen.choose(this.#person, startingWith(`${own} (`));
    await this.#fillIn(absence);
  }

  /** Fills the dialog for a resident, chosen by name; gives the name. */
  async fillInForResident(absence: Absence, pick: (names: string[]) => string): Promise<string> {
    // "Ann Lee (PGY-1)"; faculty are "Bo Ek (Faculty)".
    const resident = /^(.+) \(PGY-\d\)$/;
    const chosen = await this.screen.choose(this.#person, (texts) =>
      pick(texts.filter((text) => resident.test(text))),
    );
    await this.#fillIn(absence);
    return resident.exec(chosen)?.[1] ?? chosen;
  }

  async #fillIn(absence: Absence): Promise<void> {
    const dialog = this.#addDialog;
    // "Family Emergency"
    const type = startingWith(absence.type.replaceAll('_', ' '));
    await this.screen.choose(dialog.getByRole('combobox', { name: 'Absence Type' }), type);
    await this.#fillDates(dialog, absence.startDate, absence.endDate);
    await dialog.getByRole('textbox', { name: 'Notes' }).fill(absence.notes);
  }

  /** Ends when the dialog has closed after its answer: there is no word of success. Gives the new absence's id. */
  async submit(): Promise<string> {
    const dialog = this.#addDialog;
    const response = await this.screen.answer({ method: 'POST', path: '/absences', status: [201] }, () =>
      dialog.getByRole('button', { name: 'Add Absence' }).click(),
    );
    await this.screen.seeClosed(dialog);
    return ((await response.json()) as { id: string }).id;
  }

  /** Shows the list and waits for the row with this note. */
  async seeListed(notes: string): Promise<void> {
    await this.screen.page.getByRole('button', { name: 'List', exact: true }).click();
    await this.screen.see(this.#row(notes));
  }

  async openEditDialog(notes: string): Promise<void> {
    await this.#row(notes).getByRole('button', { name: 'Edit absence' }).click();
    await this.screen.see(this.#editDialog.getByRole('textbox', { name: 'Notes' }));
  }

  /** Changes the note and waits for the row that shows it. */
  async saveNotes(notes: string): Promise<void> {
    await this.#editDialog.getByRole('textbox', { name: 'Notes' }).fill(notes);
    await this.screen.answer({ method: 'PUT', path: '/absences/*' }, () =>
      this.#editDialog.getByRole('button', { name: 'Save Changes' }).click(),
    );
    await this.screen.see(this.#row(notes).getByText(notes));
  }

  /** Opens the dialog that asks again. */
  async askToWithdraw(notes: string): Promise<void> {
    await this.#row(notes).getByRole('button', { name: 'Delete absence' }).click();
    await this.screen.see(this.#confirmDialog.getByRole('button', { name: 'Delete', exact: true }));
  }

  /** Ends when the dialog has closed after its answer and the row is gone. */
  async withdraw(notes: string): Promise<void> {
    await this.screen.answer({ method: 'DELETE', path: '/absences/*', status: [204] }, () =>
      this.#confirmDialog.getByRole('button', { name: 'Delete', exact: true }).click(),
    );
    await this.screen.seeClosed(this.#confirmDialog);
    await this.screen.seeClosed(this.#row(notes));
  }

  async #fillDates(dialog: Locator, start: string, end: string): Promise<void> {
    // Labels not tied to their inputs (docs/contract/ui.md §2.5): first is start, second is end.
    const dates = dialog.locator('input[type="date"]');
    await dates.nth(0).fill(start);
    await dates.nth(1).fill(end);
  }

  #row(notes: string): Locator {
    return this.screen.page.getByRole('row').filter({ hasText: notes });
  }

  get #person(): Locator {
    return this.#addDialog.getByRole('combobox', { name: 'Person' });
  }

  get #addDialog(): Locator {
    return this.screen.page.getByRole('dialog', { name: 'Add Absence' });
  }

  get #confirmDialog(): Locator {
    return this.screen.page.getByRole('alertdialog', { name: 'Delete Absence' });
  }

  get #editDialog(): Locator {
    return this.screen.page.getByRole('dialog', { name: 'Edit Absence' });
  }
}

function startingWith(text: string): RegExp {
  return new RegExp(`^\\s*${literally(text)}`, 'i');
}
