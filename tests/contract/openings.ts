import type { Page } from '@playwright/test';

/** What to do on a page before it shows what its file holds, and as whom (`null`: nobody is signed in). */
export interface Opening {
  role: string | null;
  open(page: Page): Promise<void>;
}

async function createSwap(page: Page) {
  await page.getByRole('tab', { name: /^Create a new swap request/ }).click();
}

export const OPENINGS: Record<string, Opening> = {
  dialog_absences_list: {
    role: 'resident',
    open: (page) => page.getByRole('button', { name: 'List', exact: true }).click(),
  },
  dialog_admin_swap: {
    role: 'admin',
    open: (page) => page.getByRole('tab', { name: /^Admin Actions/ }).click(),
  },
  dialog_generate: {
    role: 'admin',
    async open(page) {
      await page.route('**/api/v1/schedule/generate', (route) => route.fulfill({ status: 500, json: {} }));
      await page.getByRole('button', { name: 'Generate a new schedule' }).click();
      await page.getByRole('combobox', { name: 'Algorithm' }).selectOption('cp_sat');
      await page.getByRole('combobox', { name: 'Solver Timeout' }).selectOption('30');
      await page.getByRole('button', { name: 'Generate schedule', exact: true }).click();
    },
  },
  dialog_people_add: {
    role: 'coordinator',
    async open(page) {
      await page.getByRole('tab', { name: 'Manage' }).click();
      await page.getByRole('button', { name: 'Add Person' }).click();
    },
  },
  dialog_swap_after: {
    role: 'faculty',
    async open(page) {
      await createSwap(page);
      const week = page.locator('select').first();
      await week.selectOption({ index: 1 });
      await page.getByRole('radio', { name: /^Request specific faculty/ }).check();
      await page.locator('select').nth(1).selectOption({ index: 1 });
      await page.getByPlaceholder(/^Provide a reason/).fill('Covering a conference');
      await page.getByRole('button', { name: 'Create Request', exact: true }).click();
    },
  },
  login: {
    role: null,
    async open(page) {
      await page.getByLabel('Username').fill('somebody');
      await page.getByLabel('Password').fill('something');
    },
  },
  dialog_swap_create: { role: 'faculty', open: createSwap },
};
