import { PageObject } from './page-object.ts';

export class CallHubPage extends PageObject {
  /** Ends when the month's roster is there: its days say who has call. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.follow('Call');
    await this.screen.see(page.getByRole('heading', { name: 'Call Hub', level: 1 }));
    await this.#seeRoster();
  }

  async nextMonth(): Promise<void> {
    await this.#turn('Next month');
  }

  async previousMonth(): Promise<void> {
    await this.#turn('Previous month');
  }

  /** For coordinators and admins: ends when the table of this month has come. */
  async openFacultyCall(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('tab', { name: /^Faculty Call/ }).click();
    await this.screen.see(page.getByRole('button', { name: 'New Call Assignment' }));
    await this.screen.seeOneOf({
      table: page.getByRole('checkbox', { name: 'Select all' }),
      none: page.getByText('No call assignments found'),
    });
  }

  /** Ends when the day's calls have come. */
  async showDay(day: string): Promise<void> {
    const { page } = this.screen;
    const answered = { method: 'GET', path: '/call-assignments' } as const;
    await this.screen.answer(answered, () => page.getByLabel('Start date').fill(day));
    await this.screen.answer(answered, () => page.getByLabel('End date').fill(day));
    await this.screen.see(page.getByText('No call assignments found'));
  }

  async openNewCall(): Promise<void> {
    const { page } = this.screen;
    await page.getByRole('button', { name: 'New Call Assignment' }).click();
    await this.screen.see(this.#newCall.getByRole('button', { name: 'Create', exact: true }));
  }

  /**
   * Date and selects have no labels: date, then faculty, then type (docs/contract/ui.md §4.13). Gives the
   * person's name.
   */
  async fillInCall(day: string, pick: (names: string[]) => string): Promise<string> {
    const dialog = this.#newCall;
    await dialog.locator('input[type="date"]').fill(day);
    const name = await this.screen.choose(dialog.locator('select').nth(0), pick);
    await this.screen.choose(dialog.locator('select').nth(1), 'Weekday');
    return name;
  }

  /**
   * Ends when the dialog has closed and the call is listed: there is no word of success. Gives its id and person;
   * undefined, with the word of it, for the 500 that the application gives (docs/contract/api.md §5.16).
   */
  async assignCall(day: string): Promise<{ id: string; person?: string } | undefined> {
    const dialog = this.#newCall;
    const awaited = { method: 'POST', path: '/call-assignments', status: [201], defect: [500] } as const;
    const { status, response } = await this.screen.answerOrDefect(awaited, () =>
      dialog.getByRole('button', { name: 'Create', exact: true }).click(),
    );
    if (status === 500 || !response) {
      await this.screen.see(dialog.getByText(/^Failed to create call assignment/));
      return undefined;
    }
    const call = (await response.json()) as { id: string; person?: { name: string } | null };
    const person = call.person?.name;
    await this.screen.seeClosed(dialog);
    await this.screen.see(this.#callOn(day, person));
    return { id: call.id, person };
  }

  /** After a failure: the dialog stays open. */
  async cancelNewCall(): Promise<void> {
    await this.#newCall.getByRole('button', { name: 'Cancel', exact: true }).click();
    await this.screen.seeClosed(this.#newCall);
  }

  /** The page asks again by a native dialog. */
  async takeCallBack(day: string, person?: string): Promise<void> {
    const { page } = this.screen;
    const told = page.getByText('Call assignment deleted');
    await this.screen.gone(told);
    page.once('dialog', (dialog) => void dialog.accept());
    await this.screen.answer({ method: 'DELETE', path: '/call-assignments/*' }, () =>
      page
        .getByRole('row')
        .filter({ has: this.#callOn(day, person) })
        .getByRole('button', { name: 'Delete assignment' })
        .click(),
    );
    await this.screen.see(told.first());
  }

  /** Of this person, as far as the answer said who has it: somebody else may have been given the same day. */
  #callOn(day: string, person?: string) {
    const { page } = this.screen;
    return person === undefined
      ? page.getByRole('checkbox', { name: new RegExp(`^Select .* on ${day}$`) }).first()
      : page.getByRole('checkbox', { name: `Select ${person} on ${day}`, exact: true });
  }

  get #newCall() {
    return this.screen.page.getByRole('dialog', { name: 'New Call Assignment' });
  }

  async #turn(button: string): Promise<void> {
    const { page } = this.screen;
    const month = page.getByRole('heading', { level: 2 }).filter({ hasText: /^[A-Z][a-z]+ \d{4}$/ });
    const shown = (await month.textContent()) ?? '';
    await page.getByRole('button', { name: button }).click();
    await this.screen.see(month.filter({ hasNotText: shown }));
    await this.#seeRoster();
  }

  async #seeRoster(): Promise<void> {
    const { page } = this.screen;
    await this.screen.seeOneOf({
      roster: page.getByRole('button', { name: /^[A-Z][a-z]+ 1 - \d+ assignments?$/ }).first(),
      none: page.getByText('No on-call assignments found for this month'),
    });
  }
}
