/** When numbers mean nothing: the run is then neither good nor bad but *invalid*. */

import { duration, milliseconds, percent, plural } from '../format.ts';
import type { Observations } from '../summary/summarize.ts';
import { browserLacks } from './browser-lacks.ts';
import { damaged } from './damaged.ts';
import { disturbed } from './disturbed.ts';
import { generatorStrain, generatorTrouble } from './generator-trouble.ts';
import { sameMachine } from './same-machine.ts';
import { targetWarnings } from './target-warnings.ts';

/** Of the planned users at least this share must have come: else the load was another than the one asked for. */
const MIN_ARRIVED_SHARE = 0.99;
/** Of the time of held users at most this share may be missing: who could not begin made no load. */
const MAX_MISSING_SHARE = 0.01;
/** A user who begins later than this after the planned time was held up by the generator, not by the target. */
const MAX_LATENESS_MS = 1000;
/** Of the Web Vitals that the views could yield. Below, what is missing may be what was slow. */
const MIN_COMPLETENESS = 0.95;
const WARN_COMPLETENESS = 0.99;
const RATE_LIMITED = 429;
/** A machine that is busier than this has no core left for whoever asks next. */
const FULL_MACHINE = 0.95;
/** Below it, most of a full machine was used by others than the run. */
const OWN_SHARE = 0.5;
/** Of the seconds, what a p95 would show; in a short run a single one is chance. */
const MAX_BUSY_SHARE = 0.05;
const CHANCE_SECONDS = 1;

export interface Validity {
  /** Each makes the run invalid. */
  invalid: string[];
  warn: string[];
}

/** Limits of the target that made the load another than the one that was meant. */
function limitsMet({ counts, operations, pacing }: Observations): string[] {
  const told: string[] = [];
  const { rateLimited, n } = counts.requests;
  if (rateLimited > 0) {
    const refused = operations
      .map(({ name, statuses }) => ({ name, times: statuses[RATE_LIMITED] ?? 0 }))
      .filter(({ times }) => times > 0)
      .sort((a, b) => b.times - a.times)
      .map(({ name, times }) => `${name} ${times}`);
    told.push(
      `rate limits of the target shaped this run: ${rateLimited} of ${plural(n, 'request')} answered 429 (${refused.join(', ')}); \`npx loadtest doctor\` tells what it allows`,
    );
  }
  if (pacing.held > 0) {
    told.push(
      `sign-ins were paced: ${pacing.held} of ${plural(pacing.signIns, 'user')} waited for their turn, at most ${duration(pacing.longest / 1000)}, so fewer were there at a time than planned`,
    );
  }
  return told;
}

/** Work of others that took the machine from the run: the generator looks idle and waits all the same. */
function otherWork({ timeline, run, targetProcess }: Observations): string[] {
  const watched = timeline.filter(({ hostCpu }) => hostCpu !== undefined);
  const taken = watched.filter(
    ({ hostCpu = 0, cpu, targetCpu = 0 }) =>
      hostCpu > FULL_MACHINE && cpu !== null && cpu + targetCpu < OWN_SHARE,
  );
  if (taken.length <= Math.max(MAX_BUSY_SHARE * watched.length, CHANCE_SECONDS)) return [];
  const target = targetProcess === null && sameMachine(run) ? ' (which may be the target’s)' : '';
  return [
    `the machine was busy with other work${target}: in ${taken.length} of ${plural(watched.length, 'second')} over ${percent(FULL_MACHINE)} of all cores were in use, less than half of it by this run`,
  ];
}

export function checkValidity(seen: Observations): Validity {
  const invalid: string[] = [];
  const warn: string[] = [];
  const { counts, generator, lateness, completeness, run } = seen;
  const ended = run.ended;

  if (seen.targetDied) invalid.push('the target died during the run (health probes got no answer)');
  if (ended === undefined && !seen.goingOn)
    invalid.push(
      'the run was killed: it did not end by itself, and all that was under way or written in its last second is missing',
    );
  if (ended === 'recording-failed')
    invalid.push('the run was ended early because its samples could not be written (is the disk full?)');
  if (ended === 'profile-lost')
    invalid.push(
      `${run.interruptedBy ?? 'the process of a profile was lost'}: what it held was not written, and the load was another than the one asked for`,
    );
  const [disturbance, damage] = [disturbed(seen), damaged(seen)];
  invalid.push(...disturbance.invalid, ...damage.invalid);
  if (counts.samples === 0) invalid.push('there are no samples: nothing was measured');
  else if (counts.sessions.started === 0) invalid.push('no session started: nobody used the target');

  // Held users' sessions are not planned one by one, and are not to stand in for those that are.
  const promised = seen.arrivals.filter((row) => row.planned > 0);
  const planned = promised.reduce((sum, row) => sum + row.planned, 0);
  const started = promised.reduce((sum, row) => sum + row.started, 0);
  // A run that was cut short could not start them all; it is judged on what is there.
  const isWhole = ended === 'finished' && !seen.endedEarly;
  if (planned > 0 && isWhole && started < MIN_ARRIVED_SHARE * planned) {
    invalid.push(
      `only ${started} of ${plural(planned, 'planned user')} started (${percent(started / planned)})`,
    );
  }
  if (seen.held && seen.held.missing > MAX_MISSING_SHARE) {
    const { missing, most, mostMissing } = seen.held;
    invalid.push(
      `users to be held could not begin: ${percent(missing)} of their time was missing, up to ${mostMissing} of ${plural(most, 'user')} at once (too few accounts, or no browser)`,
    );
  }
  if (lateness.p95 !== null && lateness.p95 > MAX_LATENESS_MS) {
    invalid.push(
      `users started late: p95 ${milliseconds(lateness.p95)} after their time, limit ${milliseconds(MAX_LATENESS_MS)}`,
    );
  }
  const trouble = generatorTrouble(generator);
  invalid.push(...trouble);
  if (seen.endedEarly?.by === 'generator')
    invalid.push(`the run was ended without its answer: ${seen.endedEarly.why}`);
  if (trouble.length === 0) warn.push(...generatorStrain(generator));
  if (completeness.share !== null && completeness.share < WARN_COMPLETENESS) {
    const text = `only ${percent(completeness.share)} of the Web Vitals that ${plural(completeness.measurable, 'page view')} could yield were captured`;
    if (completeness.share < MIN_COMPLETENESS) invalid.push(`${text}, limit ${percent(MIN_COMPLETENESS)}`);
    else warn.push(text);
  }
  warn.push(
    ...disturbance.warn,
    ...damage.warn,
    ...browserLacks(seen),
    ...otherWork(seen),
    ...limitsMet(seen),
    ...targetWarnings(seen.targetMetrics),
  );
  if (ended === 'interrupted') {
    const why = run.interruptedBy ? `: ${run.interruptedBy}` : '';
    warn.push(`the run was interrupted after ${duration(seen.durationSeconds)}${why}`);
  }

  if (seen.goingOn) warn.push('the run is still going on: these are its figures so far');
  return { invalid, warn };
}
