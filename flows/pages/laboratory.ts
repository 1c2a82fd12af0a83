import { PageObject } from './page-object.ts';

/** "Scheduling Laboratory". Its own buttons write live data: nothing here presses them. */
export class LaboratoryPage extends PageObject {
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followAdmin('Lab');
    await this.screen.see(page.getByRole('heading', { name: 'Scheduling Laboratory', level: 1 }));
    await this.screen.see(page.getByRole('heading', { name: 'Run Schedule', level: 3 }));
  }
}
