/** What axe finds on a page, as every page that the suite writes is looked at. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Each kind of reader once: colours of either scheme, a phone, and a system that replaces colours by its own. */
export const LOOKS = {
  light: { width: 1440, media: { colorScheme: 'light' } },
  'dark, on a phone': { width: 390, media: { colorScheme: 'dark' } },
  'forced colours': { width: 1440, media: { colorScheme: 'dark', forcedColors: 'active' } },
} as const;

export async function look(page: Page, { width, media }: (typeof LOOKS)[keyof typeof LOOKS]): Promise<void> {
  await page.setViewportSize({ width, height: 900 });
  await page.emulateMedia(media);
}

/** Violations of WCAG 2.2 A and AA, a line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`);
}
