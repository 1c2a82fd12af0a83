import type { Screen } from '../../measure/browser/screen.ts';
import type { Navigation } from './navigation.ts';

/** "Scheduling Laboratory". Its own buttons write live data: nothing here presses them. */
export class LaboratoryPage {
  readonly #screen: Screen;
  readonly #navigation: Navigation;

  constructor(screen: Screen, navigation: Navigation) {
    this.#screen = screen;
    this.#navigation = navigation;
  }

  async open(): Promise<void> {
    const { page } = this.#screen;
    await this.#navigation.followAdmin('Lab');
    await this.#screen.see(page.getByRole('heading', { name: 'Scheduling Laboratory', level: 1 }));
    await this.#screen.see(page.getByRole('heading', { name: 'Run Schedule', level: 3 }));
  }
}
