import type { App } from '../../flows/pages/app.ts';

/** One element of a page gets another name, and what the journey that needs it must then say. */
export interface Breakage {
  /** A journey in flows/, by its name. */
  journey: string;
  /** A text in the front end's scripts, exactly as it stands there, and what it becomes. */
  rename: readonly [text: string, other: string];
  /** The step that must fail, and no other but a sign-out by the same element. */
  step: string;
  /** As the message must name what was waited for. */
  locator: string;
  /** Where something of the same step must come before it: how long each wait of the step may take, ms. */
  patience?: number;
}

/** All of App's pages; `api` is not a page: it has no locator. */
export type PageName = Exclude<keyof App, 'api'>;

/** One breakage a page object. An element that its step looks for first costs the least time: it has no patience. */
export const BREAKAGES: Readonly<Record<PageName, Breakage>> = {
  navigation: {
    journey: 'browse rotations',
    rename: ['Main navigation', 'Chief navigation'],
    step: 'open rotations',
    locator:
      "getByRole('navigation', { name: 'Main navigation' }).getByRole('link', { name: 'Rotations', exact: true })",
  },
  login: {
    journey: 'check a wrong password is rejected',
    rename: ['Username', 'Login name'],
    step: 'submit a wrong password',
    locator: "getByLabel('Username')",
  },
  dashboard: {
    journey: 'export schedule and people',
    rename: ['Export schedule to Excel', 'Save schedule as Excel'],
    step: 'export the schedule to Excel',
    locator: "getByRole('button', { name: 'Export schedule to Excel' })",
  },
  mySchedule: {
    journey: 'view my schedule',
    rename: ['1 Week', 'Seven Days'],
    step: 'show one week',
    locator: "getByRole('button', { name: '1 Week', exact: true })",
  },
  schedule: {
    journey: 'browse the block schedule',
    rename: ['Next week', 'Week after'],
    step: 'show the next week',
    locator: "getByRole('button', { name: 'Next week' })",
  },
  absences: {
    journey: 'request an absence',
    rename: ['Absence Type', 'Absence Kind'],
    step: 'fill in the absence',
    locator: "getByRole('dialog', { name: 'Add Absence' }).getByRole('combobox', { name: 'Absence Type' })",
  },
  swaps: {
    journey: 'filter the swap marketplace',
    rename: ['Compatible Only', 'Fitting Only'],
    step: 'show compatible swaps only',
    locator: "getByRole('button', { name: 'Compatible Only' })",
  },
  swapActions: {
    journey: 'validate a swap as admin',
    rename: ['swap-reason', 'why-swap'],
    step: 'fill in the swap',
    locator: "locator('#swap-reason')",
  },
  analytics: {
    journey: 'review workload analytics',
    rename: ['Game Theory & Markets', 'Games & Markets'],
    step: 'open game theory',
    locator: "getByRole('tab', { name: 'Game Theory & Markets' })",
  },
  operations: {
    journey: 'review the daily manifest',
    rename: ['Select date', 'Choose day'],
    step: 'open the manifest of another day',
    locator: "getByRole('textbox', { name: 'Select date' })",
  },
  people: {
    journey: 'search for a colleague',
    rename: ['Filter by type', 'Kind of people'],
    step: 'show faculty only',
    locator: "getByRole('combobox', { name: 'Filter by type' })",
  },
  users: {
    journey: 'manage users',
    rename: ['Add User', 'Invite'],
    step: 'open the user dialog',
    locator: "getByRole('button', { name: 'Add User', exact: true })",
  },
  adminDashboard: {
    journey: 'review system health',
    rename: ['Users & Personnel', 'People & Accounts'],
    step: 'open the admin dashboard',
    locator: "getByRole('heading', { name: 'Users & Personnel', level: 3 })",
    patience: 3000,
  },
  systemHealth: {
    journey: 'review system health',
    rename: ['System Resources', 'Resources'],
    step: 'open system health',
    locator: "getByRole('heading', { name: 'System Resources', level: 3 })",
    patience: 3000,
  },
  rotations: {
    journey: 'browse rotations',
    rename: ['No rotations found', 'Nothing here'],
    step: 'search for a missing rotation',
    locator: "getByText('No rotations found')",
  },
  settings: {
    journey: 'change and restore a setting',
    rename: ['Save Settings', 'Keep Settings'],
    step: 'change a setting',
    locator: "getByRole('button', { name: 'Save Settings' })",
  },
  compliance: {
    journey: 'review compliance violations',
    rename: ['Away-From-Program', 'Away'],
    step: 'open the away-from-program tab',
    locator: "getByRole('tab', { name: 'Away-From-Program' })",
  },
  callHub: {
    journey: 'view the call roster',
    rename: ['Next month', 'Month after'],
    step: 'show the next month of calls',
    locator: "getByRole('button', { name: 'Next month' })",
  },
  resilienceHub: {
    journey: 'review resilience',
    rename: ['Circuit Breakers', 'Fuses'],
    step: 'open circuit breakers',
    locator: "getByRole('button', { name: 'Circuit Breakers', exact: true })",
  },
  scheduleDrafts: {
    journey: 'generate a draft schedule',
    rename: ['View Drafts', 'Proposals'],
    step: 'open drafts',
    locator: "getByRole('link', { name: 'View Drafts' })",
  },
  laboratory: {
    journey: 'validate a scheduling configuration',
    rename: ['Validate Configuration', 'Check Configuration'],
    step: 'validate the configuration',
    locator: "getByRole('button', { name: 'Validate Configuration' })",
  },
};
