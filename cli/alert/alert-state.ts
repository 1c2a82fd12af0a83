/** Which alerts are firing, and which channels know of each: `alerts.json` in the history. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type FileKind, readFigures, writeFigures } from '../../compare/figures-file.ts';
import { type AlertSubject, CHANNEL_KINDS, type ChannelKind } from '../../config/alert-rules.ts';
import type { Judged } from './judgement.ts';

const SCHEMA = 1;

/** One from the moment it fires until each channel that has it knows that it is over. */
export interface Alert extends AlertSubject {
  kind: string;
  /** ISO 8601, UTC. */
  since: string;
  /** Absent: it is firing. */
  over?: string;
  text: string;
  run?: string;
  /** Channels that took it, and were not sent that it is over. */
  takenBy: ChannelKind[];
  /** Channels that it is sent to. Absent: all. */
  to?: ChannelKind[];
  /** File of its rule. Absent: config/alerts.yml. */
  rules?: string;
}

const time = z.iso.datetime();
const alert = z.looseObject({
  name: z.string(),
  since: time,
  over: time.optional(),
  text: z.string(),
  takenBy: z.array(z.enum(CHANNEL_KINDS)),
});
const KIND: FileKind = {
  called: 'a list of alerts',
  schema: SCHEMA,
  content: z.looseObject({ schema: z.literal(SCHEMA), alerts: z.array(alert) }),
  find: 'Make it readable.',
  restore: 'Remove it: what is firing is then sent again.',
  other: 'Use the suite that wrote it.',
};

export function alertsFile(history: string): string {
  return join(history, 'alerts.json');
}

/** @throws {ConfigError} one line: damaged, or of another schema */
export function readAlerts(file: string): Alert[] {
  return existsSync(file) ? readFigures<{ alerts: Alert[] }>(file, KIND).alerts : [];
}

/** @throws {ConfigError} it cannot be written */
export function writeAlerts(file: string, alerts: readonly Alert[]): void {
  writeFigures(file, { schema: SCHEMA, alerts });
}

/**
 * What is known after these rules were judged.
 * @param names of all rules in `rules`: an alert of another rule of that file is over
 * @param rules file of the rules; absent: config/alerts.yml
 */
export function nextAlerts(
  known: readonly Alert[],
  judged: readonly Judged[],
  names: readonly string[],
  now: string,
  rules?: string,
): Alert[] {
  const old = known.map((one) => {
    if (one.rules !== rules) return one;
    if (!names.includes(one.name)) return ended(one, now, 'there is no such rule any more');
    const judgement = judged.find(({ rule }) => rule.name === one.name);
    if (!judgement || judgement.outcome === 'unknown') return one;
    const { text, run, rule } = judgement;
    if (judgement.outcome === 'over') return ended(one, now, text, run);
    // One that comes back before a channel knew that it was over is a new one for the others only.
    const { over, since, ...rest } = one;
    return { ...rest, ...subjectOf(rule), since: over === undefined ? since : now, text, run };
  });
  const fresh = judged
    .filter(
      ({ outcome, rule }) =>
        outcome === 'firing' && !known.some((one) => one.name === rule.name && one.rules === rules),
    )
    .map(({ rule, text, run }): Alert => ({ ...subjectOf(rule), since: now, text, run, takenBy: [], rules }));
  return [...old, ...fresh];
}

function ended(one: Alert, now: string, text: string, run?: string): Alert {
  return one.over === undefined ? { ...one, over: now, text, run } : one;
}

function subjectOf({ name, kind, profile, environment, severity, runbook, to }: Judged['rule']) {
  return { name, kind, profile, environment, severity, runbook, to };
}

/** What is sent to a channel: what it does not know yet. Alertmanager forgets what is not repeated, and is sent each time what is firing. */
export function dueFor(channel: ChannelKind, alerts: readonly Alert[]): Alert[] {
  return alerts.filter(({ over, takenBy, to }) => {
    const knows = takenBy.includes(channel);
    if (over !== undefined) return knows;
    return (to?.includes(channel) ?? true) && (!knows || channel === 'alertmanager');
  });
}

/** After a channel took these. */
export function taken(alerts: readonly Alert[], channel: ChannelKind, sent: readonly Alert[]): Alert[] {
  return alerts.map((one) => {
    if (!sent.some(({ name, rules }) => name === one.name && rules === one.rules)) return one;
    const others = one.takenBy.filter((other) => other !== channel);
    return { ...one, takenBy: one.over === undefined ? [...others, channel] : others };
  });
}

/** Without those that are over and that every channel knows to be. */
export function remaining(alerts: readonly Alert[]): Alert[] {
  return alerts.filter(({ over, takenBy }) => over === undefined || takenBy.length > 0);
}
