import type { Page } from '@playwright/test';

interface Me {
  email: string;
}

interface PersonRow {
  name: string;
  email?: string | null;
}

/**
 * What the application answered its pages about the user: read from answers that the pages ask for anyway, so that a
 * journey knows its own name without asking more than a user's browser does.
 */
export class ApiObserver {
  #email: string | undefined;
  /** Names by e-mail address; of filtered lists too, which leave others out. */
  readonly #names = new Map<string, string>();
  #reading = Promise.resolve();

  constructor(page: Page) {
    page.on('response', (response) => {
      if (response.request().method() !== 'GET' || response.status() !== 200) return;
      const { pathname } = new URL(response.url());
      if (!pathname.endsWith('/auth/me') && !pathname.endsWith('/people')) return;
      const read = response.json().then(
        (body: Me | { items: PersonRow[] }) => {
          if ('items' in body) this.#note(body.items);
          else this.#email = body.email;
        },
        () => undefined, // the page went on before the body was read; it will be reported again
      );
      this.#reading = Promise.all([this.#reading, read]).then(() => undefined);
    });
  }

  /** The name of the person that the user is, by the same e-mail address. Undefined: the user is no person. */
  async ownName(): Promise<string | undefined> {
    await this.#reading;
    return this.#email && this.#names.get(this.#email);
  }

  #note(people: readonly PersonRow[]): void {
    for (const { name, email } of people) if (email) this.#names.set(email, name);
  }
}
