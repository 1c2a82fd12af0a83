import type { Screen } from '../../measure/steps/screen.ts';
import type { Navigation } from './navigation.ts';

/** One page of the application: what its user can do there and what he or she then sees. */
export abstract class PageObject {
  protected readonly screen: Screen;
  protected readonly navigation: Navigation;

  constructor(screen: Screen, navigation: Navigation) {
    this.screen = screen;
    this.navigation = navigation;
  }
}
