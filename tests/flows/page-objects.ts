import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { App } from '../../flows/pages/app.ts';
import type { ApiBehindPage } from '../../measure/browser/api-behind-page.ts';
import type { Screen } from '../../measure/steps/screen.ts';

const PAGES = new URL('../../flows/pages/', import.meta.url);
const HOLDS_LOCATORS = /\.(getBy[A-Z]\w+|locator)\(/;

export interface PageFile {
  /** E.g. `flows/pages/swaps.ts`. */
  file: string;
  /** The class that it exports. */
  of: string;
}

/** The files of flows/pages that hold locators. */
export function pageFiles(): PageFile[] {
  const files = readdirSync(fileURLToPath(PAGES)).filter((file) => file.endsWith('.ts'));
  return files.sort().flatMap((file) => {
    const source = readFileSync(new URL(file, PAGES), 'utf8');
    if (!HOLDS_LOCATORS.test(source)) return [];
    return { file: `flows/pages/${file}`, of: /^export (?:abstract )?class (\w+)/m.exec(source)?.[1] ?? '' };
  });
}

/** Class by name of property, of all that App is made of. */
export function appPages(): Map<string, string> {
  // Nothing is done with it: a page object keeps its screen for later.
  const screen = { page: { on: () => undefined } } as unknown as Screen;
  const app = new App(screen, {} as ApiBehindPage);
  return new Map(Object.entries(app).map(([name, page]) => [name, (page as object).constructor.name]));
}

/** One line for each page object that nobody breaks, saying what to add. */
export function unbroken(
  files: readonly PageFile[],
  pages: ReadonlyMap<string, string>,
  broken: readonly string[],
): string[] {
  const found: string[] = [];
  for (const { file, of } of files) {
    const names = [...pages].filter(([, name]) => name === of).map(([property]) => property);
    if (names.length === 0)
      found.push(
        `${file}: no property of App (flows/pages/app.ts) is its ${of || 'class'}; add one, or remove the file`,
      );
    for (const name of names) {
      if (broken.includes(name)) continue;
      found.push(
        `${file}: nothing breaks app.${name}; add \`${name}\` to tests/journeys/breakages.ts: a journey, a text of the page to rename, the step and the locator that must then be named`,
      );
    }
  }
  return found;
}
