import type { Progress } from './messages.ts';

/** What the terminal says while several profiles go on: their figures together, when the last of them has told its own. */
export class ProgressLine {
  readonly #latest = new Map<string, Progress>();
  #fresh = new Set<string>();
  #shown = '';

  tell(profile: string, progress: Progress): void {
    this.#latest.set(profile, progress);
    // It tells again: all that are still at work have had their turn.
    if (this.#fresh.has(profile)) this.#show();
    this.#fresh.add(profile);
  }

  #show(): void {
    this.#fresh = new Set();
    const sum = (of: keyof Progress) =>
      [...this.#latest.values()].reduce((all, progress) => all + progress[of], 0);
    const line = `  ${sum('users')} concurrent users (${sum('browserUsers')} in browsers) · ${sum('sessions')} sessions ended · ${sum('requests')} API requests · ${sum('failed')} failed`;
    if (line !== this.#shown) console.log(line);
    this.#shown = line;
  }
}
