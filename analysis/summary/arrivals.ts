/** Users that a plan has come, or holds, and what became of them: in each phase, of each scenario. */
import type { PlannedPhase } from '../../measure/run/plan.ts';
import type { Collector } from './collector.ts';
import type { Session } from './session.ts';
import type { Level, Summary } from './summary.ts';

type Row = Summary['arrivals'][number];
type Came = Pick<Session, 'phase' | 'scenario'> & Partial<Session>;

/** After `collectLevels`: what its steering asked for is the plan of a steered phase. */
export function collectArrivals(
  plan: { phases: readonly PlannedPhase[] },
  sessions: { all(): Iterable<Session> },
): Collector {
  return {
    into(summary, { start, end, phasesStarted }) {
      const { run, endedEarly, levels = [] } = summary;
      const isWhole = run.ended === 'finished' && !endedEarly;
      summary.arrivals = arrivalsOf(sessions.all(), plan, { start, end, phasesStarted, isWhole, levels });
    },
  };
}

/** How the run went, as far as its samples have it; times in ms since the epoch. */
export interface Course {
  start: number;
  end: number;
  phasesStarted: ReadonlyArray<{ phase: string; t: number }>;
  /** All that was planned took place: nothing and nobody cut the run short. */
  isWhole: boolean;
  /** Levels that a steered phase kept to their end: what its steering asked for is their plan. */
  levels: ReadonlyArray<Pick<Level, 'name' | 'byScenario' | 'from' | 'seconds'>>;
}

/** Of a part that was planned this share may be missing, or too many. */
const TOLERANCE = 0.01;
/** The last user of a ramp comes as its phase ends, and one who is late comes after it. */
const GRACE_MS = 5000;

export function arrivalsOf(
  sessions: Iterable<Came>,
  { phases }: { phases: readonly PlannedPhase[] },
  course?: Course,
): Row[] {
  if (phases.length === 0) return [];
  const rows = new Map<string, Row>();
  // Two phases of one name, such as the quiet ones around a spike, are one row.
  const rowOf = (phase: string, scenario: string): Row => {
    const key = `${phase}\n${scenario}`;
    const row = rows.get(key) ?? { phase, scenario, planned: 0, started: 0, ended: 0 };
    rows.set(key, row);
    return row;
  };
  for (const { name, arrivals, users, usersAtEnd } of phases) {
    for (const [scenario, planned] of Object.entries(arrivals)) rowOf(name, scenario).planned += planned;
    for (const scenario of Object.keys({ ...users, ...usersAtEnd })) {
      const row = rowOf(name, scenario);
      row.held = Math.max(row.held ?? 0, users?.[scenario] ?? 0, usersAtEnd?.[scenario] ?? 0);
    }
  }
  for (const { name, byScenario } of course?.levels ?? [])
    for (const [scenario, held] of Object.entries(byScenario)) {
      const row = rowOf(name, scenario);
      if (held > 0) row.held = Math.max(row.held ?? 0, held);
    }
  const came = [...sessions];
  for (const session of came) {
    const row = rowOf(session.phase, session.scenario);
    if (!session.couldNotBegin) row.started += 1;
    if (session.ended !== undefined && !session.interrupted) row.ended += 1;
  }
  if (!course) return [...rows.values()];
  const presence = presenceOfUsers(came);
  return [...rows.values()].map((row) =>
    outcomeOf(row, spansOf(row.phase, phases, course), presence, course),
  );
}

interface TimeSpan {
  from: number;
  to: number;
}

/** One user, who is known by its place; or one session of a user who is not. */
interface UserSpan extends TimeSpan {
  isNamed: boolean;
}

/** When users of a scenario were there: each from its first session to its last one's end, thinking between them. */
function presenceOfUsers(came: readonly Came[]): Map<string, UserSpan[]> {
  const users = new Map<string, UserSpan & { scenario: string }>();
  for (const [index, session] of came.entries()) {
    const { scenario, phase, place, started = 0, ended = Number.POSITIVE_INFINITY, couldNotBegin } = session;
    if (couldNotBegin) continue;
    // Places are counted by each process of a run of several profiles; no scenario is in two.
    const key = `${scenario}\n${place ?? `${phase} ${index}`}`;
    const user = users.get(key) ?? { scenario, isNamed: place !== undefined, from: started, to: ended };
    users.set(key, { ...user, from: Math.min(user.from, started), to: Math.max(user.to, ended) });
  }
  const byScenario = new Map<string, UserSpan[]>();
  for (const { scenario, ...span } of users.values())
    byScenario.set(scenario, [...(byScenario.get(scenario) ?? []), span]);
  return byScenario;
}

/** When the phases, or the levels, of this name took place. Those that never began are not among them. */
function spansOf(name: string, phases: readonly PlannedPhase[], course: Course): TimeSpan[] {
  const ofLevels = course.levels
    .filter((level) => level.name === name)
    .map(({ from, seconds }) => {
      const begun = course.start + from * 1000;
      return { from: begun, to: begun + seconds * 1000 };
    });
  const lengths = phases.filter((phase) => phase.name === name).map(({ duration }) => duration * 1000);
  const ofPhases = course.phasesStarted
    .filter(({ phase }) => phase === name)
    .map(({ t }, index) => ({ from: t, to: t + (lengths[index] ?? 0) }));
  return ofLevels.length > 0 ? ofLevels : ofPhases;
}

function outcomeOf(
  row: Row,
  spans: readonly TimeSpan[],
  presence: ReadonlyMap<string, UserSpan[]>,
  { isWhole, end, levels }: Course,
): Row {
  const { scenario, phase, planned, held } = row;
  if (planned === 0 && !held) return row;
  const users = presence.get(scenario) ?? [];
  // Runs of an older suite do not say whose session it was.
  if (held !== undefined && users.some(({ isNamed }) => !isNamed)) return row;
  const isThere = (user: TimeSpan) =>
    spans.length === 0 || spans.some(({ from, to }) => user.from <= to + GRACE_MS && user.to >= from);
  const begun = held === undefined ? undefined : Math.min(held, users.filter(isThere).length);
  const isLevel = levels.some(({ name }) => name === phase);
  const isOver = isWhole || isLevel || (spans.length > 0 && spans.every(({ to }) => to + GRACE_MS <= end));
  return { ...row, ...(begun !== undefined && { begun }), outcome: outcome({ ...row, begun }, isOver) };
}

function outcome({ planned, started, held = 0, begun = held }: Row, isOver: boolean): Row['outcome'] {
  const [most, came] = held > 0 ? [held, begun] : [planned, started];
  if (came < most && !isOver) return 'ended-early';
  // Of several concurrent users one may be on its way.
  const tolerance = Math.max(TOLERANCE * most, held > 1 ? 1 : 0);
  if (came < most - tolerance) return 'missing';
  return held === 0 && came > most + TOLERANCE * most ? 'too-many' : 'as-planned';
}
