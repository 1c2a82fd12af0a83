import { PageObject } from './page-object.ts';

export class ResilienceHubPage extends PageObject {
  #breakersSeen = false;

  /** Ends when health, with utilisation, and vulnerability have come: the two slowest reads of the application. */
  async open(): Promise<void> {
    const { page } = this.screen;
    await this.navigation.followAdmin('Resilience');
    await this.screen.see(page.getByRole('heading', { name: 'Resilience Hub', level: 1 }));
    await this.screen.see(page.getByRole('status', { name: 'Defense level indicator' }));
    await this.screen.see(page.getByRole('heading', { name: 'Utilization', level: 3 }));
    await this.screen.see(page.getByRole('heading', { name: 'Cascade Failure Risk Analysis', level: 4 }));
    await this.screen.see(page.getByRole('status', { name: 'N-1 contingency vulnerability status' }));
  }

  /** Ends when the section's data have come; they are kept for a while, so only the first visit asks for them. */
  async openCircuitBreakers(): Promise<void> {
    const { page } = this.screen;
    const open = () => page.getByRole('button', { name: 'Circuit Breakers', exact: true }).click();
    if (this.#breakersSeen) await open();
    else await this.screen.answer({ method: 'GET', path: '/resilience/circuit-breakers' }, open);
    this.#breakersSeen = true;
    // The section's own headings take the place of the overview's, whose first is "Defense Level".
    const heading = page.getByRole('heading', { level: 3 }).first();
    await this.screen.see(heading.filter({ hasNotText: 'Defense Level' }));
  }
}
