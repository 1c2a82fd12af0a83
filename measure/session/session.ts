import { seededRandom } from '../../fixtures/data/random.ts';
import { factsOf } from '../errors/classified-error.ts';
import type { Recorder } from '../run/recorder.ts';
import type { CutShort, Role, Via } from '../run/samples.ts';
import { isInterruption, StepFailure } from '../steps/failure.ts';

/** What one simulated user is to do (docs/measuring.md, "Sessions"). */
export interface SessionPlan {
  /** Unique in the run. */
  id: string;
  /** Name of the scenario it belongs to. */
  name: string;
  role: Role;
  via: Via;
  phase?: string;
  warmup?: boolean;
  /** Planned arrival, ms since the epoch. */
  due?: number;
  /** Of a looping user, whose sessions follow one another: its number. */
  place?: number;
  /** The session is a further attempt at a journey whose test failed: which one, and its number, from 2. */
  retry?: { journey: string; attempt: number };
  /** How many journeys to do at most. */
  journeys: number;
  /** No journey is begun after this moment (end of the phase), ms since the epoch. */
  until?: number;
  /** It is cut off then, ms since the epoch. */
  ends?: number;
  /** Two runs with the same seed make the same choices. */
  seed: number | string;
}

export interface DrawableJourney {
  name: string;
  weight: number;
}

export interface SessionParts<J extends DrawableJourney> {
  recorder: Pick<Recorder, 'write' | 'masked'>;
  /** Name of the account that it signs in with. */
  account?: string;
  /** Journeys of the session's role, drawn by weight. Or exactly these in order, with `inOrder`. */
  journeys: readonly J[];
  inOrder?: boolean;
  signIn(): Promise<void>;
  /** Gives why the journey ended before it had done all, if it did. */
  runJourney(journey: J): Promise<CutShort | undefined>;
  signOut(): Promise<void>;
  think(): Promise<void>;
  /** Runs at the very end whatever happened, e.g. to collect what a page still holds. */
  finish?(): Promise<void>;
}

export interface SessionOutcome {
  ok: boolean;
  /** The first failure, in one line. */
  error?: string;
  failures: Error[];
}

/**
 * Runs one session: sign in once, journeys drawn by weight, sign out once. Writes the event `session-started`,
 * a journey sample each and the session sample. A failed journey does not end the session: the user goes on with
 * the next one. A failed sign-in does. Never throws for what the target did.
 */
export async function runSession<J extends DrawableJourney>(
  plan: SessionPlan,
  parts: SessionParts<J>,
): Promise<SessionOutcome> {
  const { recorder } = parts;
  const started = Date.now();
  const lasted = stopwatch();
  const about = {
    session: plan.id,
    role: plan.role,
    phase: plan.phase,
    warmup: plan.warmup || undefined,
    via: plan.via,
  };
  recorder.write({
    ...about,
    t: started,
    kind: 'event',
    name: 'session-started',
    data: {
      scenario: plan.name,
      due: plan.due,
      account: parts.account,
      place: plan.place,
      retry: plan.retry,
    },
  });
  const failures: Error[] = [];
  let interrupted = false;
  const attempt = async (work: () => Promise<unknown>): Promise<Error | undefined> => {
    try {
      await work();
      return undefined;
    } catch (cause) {
      const error = cause instanceof Error ? cause : new Error(String(cause));
      if (isInterruption(error)) interrupted = true;
      failures.push(error);
      return error;
    }
  };

  const signInFailed = await attempt(parts.signIn);
  if (!signInFailed) {
    for (const [index, journey] of draw(plan, parts).entries()) {
      const isFirst = index === 0;
      if (interrupted || (!isFirst && plan.until !== undefined && Date.now() >= plan.until)) break;
      if (!isFirst) await attempt(parts.think);
      if (interrupted) break; // a journey that was not begun is not an interrupted one
      const took = stopwatch();
      let cutShort: CutShort | undefined;
      const failed = await attempt(async () => {
        cutShort = await parts.runJourney(journey);
      });
      recorder.write({
        ...about,
        t: Date.now(),
        kind: 'journey',
        name: journey.name,
        journey: journey.name,
        value: took(),
        unit: 'ms',
        ok: !failed,
        interrupted: (failed && isInterruption(failed)) || undefined,
        failedStep: failed instanceof StepFailure ? failed.step : undefined,
        cutShort,
      });
    }
    if (!interrupted) await attempt(parts.signOut);
  }
  if (parts.finish) await attempt(parts.finish);

  const [first] = failures;
  // Those who run the session print it.
  const error = first && recorder.masked(first.message.split('\n')[0] ?? '');
  recorder.write({
    ...about,
    t: Date.now(),
    kind: 'session',
    name: plan.name,
    value: lasted(),
    unit: 'ms',
    ok: failures.length === 0,
    due: plan.due,
    started,
    interrupted: interrupted || undefined,
    error,
    ...(first && factsOf(first)),
    failedStep: first instanceof StepFailure ? first.step : undefined,
  });
  return { ok: failures.length === 0, error, failures };
}

/** Whole ms since it was made, by the clock that never steps. */
function stopwatch(): () => number {
  const begun = performance.now();
  return () => Math.round(performance.now() - begun);
}

function draw<J extends DrawableJourney>(plan: SessionPlan, parts: SessionParts<J>): J[] {
  if (parts.inOrder) return [...parts.journeys];
  const total = parts.journeys.reduce((sum, journey) => sum + journey.weight, 0);
  if (total <= 0) throw new Error(`no journey to draw for ${plan.role} (${plan.via})`);
  const random = seededRandom(`journeys ${plan.seed} ${plan.id}`);
  return Array.from({ length: plan.journeys }, () => {
    let point = random.next() * total;
    return parts.journeys.find((journey) => {
      point -= journey.weight;
      return point < 0;
    }) as J;
  });
}
