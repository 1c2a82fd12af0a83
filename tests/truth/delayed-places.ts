/** Endpoints that can be delayed, and where that is felt: by the steps of pages and by journeys over HTTP. */
import { addDays } from '../../fixtures/data/dates.ts';
import type { TestData } from '../../fixtures/data/generate.ts';
import type { Hand } from './stage.ts';

export interface Position {
  route: string;
  operation: string;
}

/** A step that waits for the endpoint, and the visit that it is part of. */
export interface StepPosition extends Position {
  visit: keyof typeof VISITS;
  step: string;
}

export interface HttpPosition extends Position {
  journey: string;
}

export type Placed<P extends Position> = P & { delayMs: number };

/** What a user does on one page, which is loaded first: nothing is there from an earlier visit. */
export const VISITS = {
  absences: async ({ app, screen, step }: Hand, data: TestData) => {
    await step('open absences', async () => {
      await screen.goto('/absences');
      await app.absences.open();
    });
    const leave = data.absence(await app.api.calendar(data.today));
    await step('open the absence dialog', () => app.absences.openAddDialog());
    const pick = (names: string[]) => data.random.pick(names);
    await step('fill in the absence', () => app.absences.fillInForResident(leave, pick));
    await step('submit the absence', () => app.absences.submit());
    await step('check the absence is listed', () => app.absences.seeListed(leave.notes));
    await step('open the withdrawal dialog', () => app.absences.askToWithdraw(leave.notes));
    await step('withdraw the absence', () => app.absences.withdraw(leave.notes));
  },
  swaps: async ({ app, screen, step }: Hand) => {
    await step('open the swap marketplace', async () => {
      await screen.goto('/swaps');
      await app.swaps.open();
    });
    await step('show compatible swaps only', () => app.swaps.toggle('Compatible Only'));
    await step('expand the filters', () => app.swaps.expandFilters());
  },
  analytics: async ({ app, screen, step }: Hand) => {
    await step('open analytics', async () => {
      await screen.goto('/analytics');
      await app.analytics.open();
    });
    await step('include titled faculty', () => app.analytics.includeTitledFaculty());
    await step('open game theory', () => app.analytics.openGameTheory());
  },
  manifest: async ({ app, screen, step }: Hand, data: TestData) => {
    await step('open the operations hub', async () => {
      await screen.goto('/ops');
      await app.operations.open();
    });
    const day = addDays(data.today, data.random.int(1, 40));
    await step('open the manifest of another day', () => app.operations.openDay(day));
  },
  calls: async ({ app, screen, step }: Hand) => {
    await step('open the call roster', async () => {
      await screen.goto('/call-hub');
      await app.callHub.open();
    });
    await step('show the next month of calls', () => app.callHub.nextMonth());
    await step('return to this month of calls', () => app.callHub.previousMonth());
  },
};

export const IN_BROWSER: readonly StepPosition[] = [
  {
    visit: 'absences',
    step: 'submit the absence',
    route: 'POST /api/v1/absences',
    operation: 'absences.create',
  },
  {
    visit: 'absences',
    step: 'withdraw the absence',
    route: 'DELETE /api/v1/absences/*',
    operation: 'absences.delete',
  },
  {
    visit: 'swaps',
    step: 'show compatible swaps only',
    route: 'GET /api/v1/portal/marketplace',
    operation: 'portal.marketplace',
  },
  {
    visit: 'analytics',
    step: 'include titled faculty',
    route: 'GET /api/v1/fairness/audit',
    operation: 'compliance.fairness audit',
  },
  {
    visit: 'manifest',
    step: 'open the manifest of another day',
    route: 'GET /api/v1/assignments/daily-manifest/v2',
    operation: 'assignments.daily manifest',
  },
  {
    visit: 'calls',
    step: 'show the next month of calls',
    route: 'GET /api/v1/call-assignments',
    operation: 'calls.list',
  },
];

const READING = 'read my schedule over HTTP';
const ABSENCE = 'request and withdraw an absence over HTTP';
export const OVER_HTTP: readonly HttpPosition[] = [
  { journey: READING, route: 'GET /api/v1/me/dashboard', operation: 'me.dashboard' },
  { journey: READING, route: 'GET /api/v1/rotation-templates', operation: 'rotations.list' },
  { journey: ABSENCE, route: 'POST /api/v1/absences', operation: 'absences.create' },
  { journey: ABSENCE, route: 'PUT /api/v1/absences/*', operation: 'absences.update' },
  { journey: ABSENCE, route: 'DELETE /api/v1/absences/*', operation: 'absences.delete' },
];
