/** Which role audits which page, and by what the page is known (docs/contract/ui.md §3 and §4). */
import type { Role } from '../config/roles.ts';

export interface AuditedPage {
  path: string;
  /** One that may see all of the page. */
  role: Role;
  /** The heading that shows that it is this page. */
  landmark: { name: string; level: 1 | 2 };
}

const page = (role: Role, path: string, name: string, level: 1 | 2 = 1): AuditedPage => ({
  path,
  role,
  landmark: { name, level },
});

/** In the order in which they are audited: by role. `--quick` takes the first of each role. */
export const AUDITED_PAGES: readonly AuditedPage[] = [
  // Its first heading stands on every page.
  page('visitor', '/login', 'Welcome Back', 2),
  page('resident', '/schedule', 'Schedule'),
  page('resident', '/', 'Dashboard'),
  page('resident', '/my-schedule', 'My Schedule'),
  page('resident', '/absences', 'Absences Hub'),
  page('resident', '/call-hub', 'Call Hub'),
  page('resident', '/compliance', 'Compliance Hub'),
  page('resident', '/rotations', 'Rotations Hub'),
  page('faculty', '/swaps', 'Swaps Hub'),
  page('faculty', '/analytics', 'Analytics Hub'),
  page('faculty', '/ops', 'Operations Hub'),
  page('coordinator', '/people', 'People Hub'),
  page('admin', '/admin/users', 'User Management'),
  page('admin', '/admin/dashboard', 'Dashboard'),
  page('admin', '/admin/scheduling', 'Scheduling Laboratory'),
  page('admin', '/admin/schedule-drafts', 'Schedule Drafts'),
  page('admin', '/admin/resilience-hub', 'Resilience Hub'),
  page('admin', '/admin/health', 'System Health'),
  page('admin', '/settings', 'Settings'),
];
