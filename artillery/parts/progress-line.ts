import type { Progress } from './messages.ts';
import { progressText } from './progress-text.ts';

/** What the terminal says while several profiles go on: their figures together, when the last of them has said its own. */
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

  /** Its users are gone; what they did stays. */
  left(profile: string): void {
    const progress = this.#latest.get(profile);
    if (progress) this.#latest.set(profile, { ...progress, users: 0, browserUsers: 0 });
  }

  #show(): void {
    this.#fresh = new Set();
    const sum = (of: keyof Progress) =>
      [...this.#latest.values()].reduce((all, progress) => all + progress[of], 0);
    const line = progressText({
      users: sum('users'),
      browserUsers: sum('browserUsers'),
      sessions: sum('sessions'),
      requests: sum('requests'),
      failed: sum('failed'),
    });
    if (line !== this.#shown) console.log(line);
    this.#shown = line;
  }
}
