import type { MutationKind } from '../config/changes.ts';
import type { TestData } from '../fixtures/data/generate.ts';
import type { CutShort, Role } from '../measure/run/samples.ts';
import type { MadeChange, PlannedChange } from '../measure/session/changes.ts';
import type { Step } from '../measure/steps/steps.ts';
import type { App } from './pages/app.ts';

/** What a journey works with. */
export interface JourneyTools {
  /** The application's pages. */
  app: App;
  /** Names and times one part of the journey. */
  step: Step;
  /** Data to enter: unique in the run and the session, valid by the contract. */
  data: TestData;
  /** The user reads or thinks before going on. */
  think(): Promise<void>;
  /** Says who is signed in. */
  user: { username: string; role: Role };
  /** Records whether something is as it should be. A failed check does not end the journey; it leaves evidence, and a perf test fails by it. */
  check(name: string, ok: boolean, error?: string): void;
  /** The journey ends here, because the target has nothing to go on with: it is counted apart, with this reason. */
  cutShort(why: CutShort): void;
  /** Counts a defect that the contract lists, under its name in config/known-defects.yml. */
  defect(name: string): void;
  /** Counts whether what a known defect leaves behind was found, after an answer with its status. */
  effect(defect: string, found: boolean): void;
  /**
   * Notes a change of the target's data just before the step that makes it. Its `undo` runs at the end of the
   * journey, also after a failure or an interruption; what cannot be undone is listed in leftovers.json.
   */
  change(planned: PlannedChange): MadeChange;
  /** The first of these (days, ranges) that no other session of this run is changing, in a browser or over HTTP; kept until the journey's end. */
  claim(what: MutationKind, candidates: readonly string[]): string | undefined;
  /** Before each sign-in that the journey does itself, a wrong one too: waits for its turn where the environment paces sign-ins. */
  turnToSignIn(): Promise<void>;
  /** Waits until no other session of this run is changing that: for what there is one of, such as settings. */
  turn(what: MutationKind): Promise<void>;
}

export interface Journey {
  /** Reads as what the user does: `request an absence`. */
  name: string;
  /** Who does it; a visitor does not sign in. */
  role: Role;
  /** Share among this role's journeys. */
  weight: number;
  /** What it changes: runs only where the environment allows all of that. Empty: it only reads. */
  changes: readonly MutationKind[];
  run(tools: JourneyTools): Promise<void>;
}

/**
 * What one user does from a first page to a last, written once and run by every runner
 * (docs/write-a-journey.md, "What it is made of").
 */
export function defineJourney(journey: Journey): Journey {
  return journey;
}
