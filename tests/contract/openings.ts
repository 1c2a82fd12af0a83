import type { Page } from '@playwright/test';

/** What to do on a page before it shows what its file holds, and as whom (`null`: nobody is signed in). */
export interface Opening {
  role: string | null;
  /** Where it must not be the first account of the role. */
  username?: string;
  open?(page: Page): Promise<void>;
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
    async open(page) {
      await page.getByRole('tab', { name: /^Admin Actions/ }).click();
      await page.locator('#source-faculty').selectOption('Dr Faculty 01');
      await page.locator('#source-week').selectOption({ index: 3 });
      await page.locator('#target-faculty').selectOption('Dr Faculty 03');
      await page.getByRole('radio', { name: 'Absorb' }).check();
      await page.locator('#swap-reason').fill('Covering a conference');
      await page.getByRole('button', { name: 'Validate (Dry Run)' }).click();
      await page.getByText('Validation Passed').waitFor();
      await page.getByRole('button', { name: 'Execute Swap' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Execute Swap' }).click();
    },
  },
  dialog_generate: {
    role: 'admin',
    async open(page) {
      await page.getByRole('button', { name: 'Generate a new schedule' }).click();
      // Four years on nobody is assigned to anything, which the server refuses.
      const farAway = new Date().getUTCFullYear() + 4;
      const dates = page.getByRole('dialog').locator('input[type=date]');
      await dates.first().fill(`${farAway}-03-04`);
      await dates.nth(1).fill(`${farAway}-03-10`);
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
  // Somebody without an assignment among the 100 rows that the page reads, as the one in the contract.
  'faculty_my-schedule': { role: 'faculty', username: 'faculty05' },
  login: {
    role: null,
    async open(page) {
      await page.getByLabel('Username').fill('somebody');
      await page.getByLabel('Password').fill('something');
    },
  },
  dialog_swap_create: { role: 'faculty', open: createSwap },
};
