import type { Screen } from '../../measure/browser/screen.ts';
import type { Navigation } from './navigation.ts';

export class ResilienceHubPage {
  readonly #screen: Screen;
  readonly #navigation: Navigation;

  constructor(screen: Screen, navigation: Navigation) {
    this.#screen = screen;
    this.#navigation = navigation;
  }

  /** Ends when health and vulnerability have come: the two slowest reads of the application. */
  async open(): Promise<void> {
    const { page } = this.#screen;
    await this.#navigation.followAdmin('Resilience');
    await this.#screen.see(page.getByRole('heading', { name: 'Resilience Hub', level: 1 }));
    await this.#screen.see(page.getByRole('status', { name: 'Defense level indicator' }));
    await this.#screen.see(page.getByRole('status', { name: 'N-1 contingency vulnerability status' }));
  }

  async openCircuitBreakers(): Promise<void> {
    const { page } = this.#screen;
    await this.#screen.answer({ method: 'GET', path: '/resilience/circuit-breakers' }, () =>
      page.getByRole('button', { name: 'Circuit Breakers', exact: true }).click(),
    );
  }
}
