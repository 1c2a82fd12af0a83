import { runDirectory } from '../../compare/concluded-run.ts';
import { withLock } from '../../compare/file-lock.ts';
import { checkStore, historyFolder } from '../../compare/history.ts';
import { directoryOfRun } from '../../compare/trend-runs.ts';
import { type Channel, type Channels, readChannels } from '../../config/alert-channels.ts';
import { type AlertRule, loadAlertRules } from '../../config/alert-rules.ts';
import { readEnvironment } from '../../config/environment.ts';
import { INTERRUPTED, PASSED, WRONG_USE } from '../../config/exit-codes.ts';
import { visible } from '../../config/visible-text.ts';
import { interruptible } from '../../runner/signals.ts';
import {
  type Alert,
  alertsFile,
  dueFor,
  nextAlerts,
  readAlerts,
  remaining,
  taken,
  writeAlerts,
} from './alert-state.ts';
import { deliver } from './deliver.ts';
import { judgeRule } from './judge-rule.ts';
import type { Judged } from './judgement.ts';
import { countText } from './messages.ts';
import { isAbout, type Runs, runsIn } from './runs-of-rule.ts';

interface Values {
  dryRun?: boolean;
  rules?: string;
}

/** Another one that sends at the same time is waited for: longer than all its tries. */
const PATIENCE_MS = 90_000;

export async function judgeAndSend({ dryRun, rules: file }: Values, named?: string): Promise<number> {
  const rules = loadAlertRules(file);
  const { reportsDir } = readEnvironment();
  const channels = readChannels();
  const { asked, runs } = about(named, rules, reportsDir);
  const history = historyFolder(reportsDir);
  checkStore(history);
  const state = alertsFile(history);
  const judge = () => {
    const now = new Date();
    const judged = asked.map((rule): Judged => ({ rule, ...judgeRule(rule, runs, now) }));
    const known = readAlerts(state);
    const names = rules.map(({ name }) => name);
    return { now, judged, known, alerts: nextAlerts(known, judged, names, now.toISOString(), file) };
  };
  let isInterrupted = false;
  if (dryRun) {
    const { judged, known, alerts } = judge();
    print(judged, known, alerts);
    for (const { kind } of channels.found)
      console.log(`${kind}: would be sent ${dueText(dueFor(kind, alerts))}`);
  }
  // Judged, sent and kept by one command at a time: no alert is sent by two.
  else
    isInterrupted = await withLock(
      state,
      () =>
        interruptible(async (stop) => {
          const { now, judged, known, alerts } = judge();
          print(judged, known, alerts);
          await send(alerts, channels.found, {
            now,
            stop,
            keep: (all) => writeAlerts(state, remaining(all)),
          });
          return stop.aborted;
        }),
      PATIENCE_MS,
    );
  const code = problemsOf(channels);
  return isInterrupted ? INTERRUPTED : code;
}

/** The rules that are asked for, and the runs that they see. */
function about(
  named: string | undefined,
  rules: readonly AlertRule[],
  reportsDir: string,
): { asked: AlertRule[]; runs: Runs } {
  const runs = runsIn(reportsDir);
  if (named === undefined) return { asked: [...rules], runs };
  const run = directoryOfRun(runDirectory(named, reportsDir));
  const asked = rules.filter((rule) => isAbout(rule, run));
  if (asked.length === 0) console.log(`${run.id}: no rule is about ${run.profile} on ${run.environment}`);
  return { asked, runs: { ...runs, named: run } };
}

/** Each rule in a line; what is new or over since the last time says so. */
function print(judged: readonly Judged[], known: readonly Alert[], alerts: readonly Alert[]): void {
  for (const { rule, outcome, text } of judged) {
    const before = known.find(({ name, over }) => name === rule.name && over === undefined);
    const now = alerts.find(({ name }) => name === rule.name);
    const words = {
      firing: `${rule.severity}, ${before ? `since ${now?.since}` : 'new'}`,
      over: before ? 'recovered' : 'ok',
      unknown: before ? `not judged, stays ${rule.severity} since ${before.since}` : 'not judged',
    };
    console.log(visible(`${rule.name}: ${words[outcome]}: ${text}`));
    if (outcome === 'firing') console.log(`  runbook: ${rule.runbook}`);
  }
  for (const { name, over } of known)
    if (
      over === undefined &&
      alerts.some((one) => one.name === name && one.over !== undefined) &&
      !judged.some(({ rule }) => rule.name === name)
    )
      console.log(visible(`${name}: recovered: there is no such rule any more`));
}

interface Sending {
  now: Date;
  stop: AbortSignal;
  /** Writes down what is known now. */
  keep: (alerts: readonly Alert[]) => void;
}

/** To all channels at once. What one took is kept at once: whatever ends the command, it is not sent again. */
async function send(
  alerts: readonly Alert[],
  channels: readonly Channel[],
  { now, stop, keep }: Sending,
): Promise<void> {
  let known = alerts;
  keep(known);
  const sendings = channels.map(async (channel) => {
    const done: Alert[] = [];
    const onTaken = (some: readonly Alert[]) => {
      done.push(...some);
      known = taken(known, channel.kind, some);
      keep(known);
    };
    const due = dueFor(channel.kind, alerts);
    if (due.length === 0) return;
    const warning = await deliver(channel, due, { now, stop, onTaken });
    if (done.length > 0) console.log(`${channel.kind}: sent ${countText(done)}`);
    if (warning !== undefined) console.error(`warning: ${warning}`);
  });
  const failed = (await Promise.allSettled(sendings)).find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
}

function dueText(due: readonly Alert[]): string {
  if (due.length === 0) return 'nothing';
  return `${countText(due)} (${due.map(({ name }) => name).join(', ')})`;
}

/** A channel that is set up wrongly stopped no other; it is a mistake all the same. */
function problemsOf({ found, problems }: Channels): number {
  for (const { text } of problems) console.error(text);
  if (found.length + problems.length === 0)
    console.log('no channel is set up: set ALERT_… variables (docs/alerts.md)');
  return problems.length === 0 ? PASSED : WRONG_USE;
}
