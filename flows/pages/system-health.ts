import { PageObject } from './page-object.ts';

export class SystemHealthPage extends PageObject {
  /**
   * By its address: no bar has a link to it (docs/contract/ui.md §2.2). It polls: never wait for an idle
   * network.
   */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.screen.answer({ method: 'GET', path: '/health/dashboard' }, () =>
      this.screen.goto('/admin/health'),
    );
    await this.screen.see(page.getByRole('heading', { name: 'System Health', level: 1 }));
    await this.screen.see(page.getByRole('heading', { name: 'System Resources', level: 3 }));
  }
}
