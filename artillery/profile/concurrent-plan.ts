/** How many users a closed phase holds at each moment. */
import type { PlannedPhase, PlannedScenario } from '../../measure/run/plan.ts';
import { spreadMix } from './mix.ts';

/** Looping users from a moment on, by scenario name. */
export interface HeldFrom {
  /** From the phase's begin. */
  ms: number;
  users: Record<string, number>;
}

/**
 * What a phase holds, in order of time; empty where it holds nobody. A ramp changes one user at a time, so that their number
 * is the nearest whole one to a straight line at every moment, and each scenario is within 1 of its share of the change.
 */
export function heldPlan(phase: PlannedPhase, mix: readonly PlannedScenario[]): HeldFrom[] {
  if (!phase.users) return [];
  const begin = { ...phase.users };
  const plan: HeldFrom[] = [{ ms: 0, users: begin }];
  const end = phase.usersAtEnd ?? begin;
  const names = Object.keys(end);
  const ways = names.map((name) => mix.find((scenario) => scenario.name === name)?.via ?? 'http');
  const changes = names.map((name) => (end[name] ?? 0) - (begin[name] ?? 0));
  const order = spreadMix(changes.map(Math.abs), ways);
  const now = { ...begin };
  for (const [index, which] of order.entries()) {
    const name = names[which] as string;
    now[name] = (now[name] ?? 0) + Math.sign(changes[which] as number);
    const ms = Math.round(((index + 0.5) / order.length) * phase.duration * 1000);
    plan.push({ ms, users: { ...now } });
  }
  return plan;
}

/** The most users that a phase holds, of all scenarios or of those named. */
export function mostHeld({ users = {}, usersAtEnd = {} }: PlannedPhase, names?: readonly string[]): number {
  return Math.max(...[users, usersAtEnd].map((counts) => sumOf(counts, names)));
}

/** Seconds of looping users in a phase, by scenario name: what a closed phase has instead of arrivals. */
export function heldSeconds({ duration, users = {}, usersAtEnd = users }: PlannedPhase): Map<string, number> {
  const names = [...new Set([...Object.keys(users), ...Object.keys(usersAtEnd)])];
  return new Map(
    names.map((name) => [name, (((users[name] ?? 0) + (usersAtEnd[name] ?? 0)) / 2) * duration]),
  );
}

function sumOf(counts: Record<string, number>, names?: readonly string[]): number {
  return Object.entries(counts).reduce(
    (sum, [name, count]) => sum + (names === undefined || names.includes(name) ? count : 0),
    0,
  );
}
