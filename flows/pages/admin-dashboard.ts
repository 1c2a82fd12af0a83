import { PageObject } from './page-object.ts';

export class AdminDashboardPage extends PageObject {
  /** By its address: no bar has a link to it (docs/contract/ui.md §2.2). Ends when the figures have come. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.screen.goto('/admin/dashboard');
    await this.screen.see(page.getByRole('heading', { name: 'Users & Personnel', level: 3 }));
  }

  /** Ends when the figures have been asked for again. */
  async refresh(): Promise<void> {
    await this.screen.answer({ method: 'GET', path: '/admin/dashboard/summary' }, () =>
      this.screen.page.getByRole('button', { name: 'Refresh', exact: true }).click(),
    );
  }
}
