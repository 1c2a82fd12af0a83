/** What each channel is sent. */
import { plural } from '../../analysis/format.ts';
import type { HttpChannel } from '../../config/alert-channels.ts';
import { type ChannelKind, isUrl } from '../../config/alert-rules.ts';
import { visible } from '../../config/visible-text.ts';
import type { Alert } from './alert-state.ts';

const SUITE = 'residency-load-suite';
/** A firing alert that is not repeated ends in Alertmanager after this: longer than any schedule's pause. */
const FORGOTTEN_AFTER_MS = 7 * 86_400_000;
/** https://developer.pagerduty.com/docs/events-api-v2/trigger-events/: of `summary`, and of `dedup_key`. */
const MAX_SUMMARY = 1024;

/** One line of an alert, for people. */
export function alertLine({ name, severity, environment, text, over }: Alert): string {
  return visible(`[${over === undefined ? severity : 'recovered'}] ${name} (${environment}): ${text}`);
}

/** `2 alerts, 1 recovered`. */
export function countText(alerts: readonly Alert[]): string {
  const over = alerts.filter((one) => one.over !== undefined).length;
  const firing = alerts.length - over;
  return [firing > 0 && plural(firing, 'alert'), over > 0 && `${over} recovered`].filter(Boolean).join(', ');
}

/** Bodies of the requests that tell a channel of these, in JSON. PagerDuty takes one event at a time, and all others take all. */
export function bodiesFor({ kind, routingKey }: HttpChannel, alerts: readonly Alert[], now: Date): unknown[] {
  const make: Readonly<Record<Exclude<ChannelKind, 'email'>, () => unknown[]>> = {
    alertmanager: () => [alerts.map((one) => forAlertmanager(one, now))],
    webhook: () => [{ schema: 1, sent: now.toISOString(), alerts: alerts.map(plain) }],
    slack: () => [{ text: alerts.map(forSlack).join('\n') }],
    pagerduty: () => alerts.map((one) => forPagerDuty(one, routingKey)),
  };
  return make[kind]();
}

function plain({ over, takenBy: _, to: _too, ...facts }: Alert) {
  return { status: over === undefined ? 'firing' : 'recovered', ...facts, over };
}

/** https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml, postableAlert. */
function forAlertmanager(one: Alert, now: Date) {
  const { name, kind, profile, environment, severity, text, run, runbook, since, over } = one;
  return {
    // The same labels are the same alert: nothing that changes belongs here.
    labels: { alertname: name, severity, kind, profile, environment, source: SUITE },
    annotations: { summary: text, runbook_url: runbook, ...(run !== undefined && { run }) },
    startsAt: since,
    endsAt: over ?? new Date(now.getTime() + FORGOTTEN_AFTER_MS).toISOString(),
  };
}

/** https://docs.slack.dev/messaging/formatting-message-text/ */
function forSlack(one: Alert): string {
  const escaped = (text: string) =>
    visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const what = one.over === undefined ? one.severity : 'recovered';
  const runbook = isUrl(one.runbook)
    ? `<${escaped(one.runbook)}|runbook>`
    : `runbook: ${escaped(one.runbook)}`;
  return `*[${what}] ${escaped(one.name)}* (${escaped(one.environment)}): ${escaped(one.text)} · ${runbook}`;
}

function forPagerDuty(one: Alert, routingKey: string | undefined) {
  const { name, profile, environment, severity, text, run, runbook, since, over } = one;
  const event = { routing_key: routingKey, dedup_key: `${SUITE}/${name}` };
  if (over !== undefined) return { ...event, event_action: 'resolve' };
  return {
    ...event,
    event_action: 'trigger',
    client: SUITE,
    payload: {
      summary: visible(`${name}: ${text}`).slice(0, MAX_SUMMARY),
      source: environment,
      severity,
      timestamp: since,
      component: profile,
      custom_details: { run, runbook },
    },
    links: isUrl(runbook) ? [{ href: runbook, text: 'runbook' }] : [],
  };
}

export function mailOf(alerts: readonly Alert[]): { subject: string; text: string } {
  const [first] = alerts;
  const subject = alerts.length === 1 && first ? alertLine(first) : `${SUITE}: ${countText(alerts)}`;
  const lines = alerts.map((one) =>
    [
      alertLine(one),
      `  since ${one.since}${one.over === undefined ? '' : `, over at ${one.over}`}`,
      ...(one.run === undefined ? [] : [`  run ${one.run}`]),
      `  runbook: ${one.runbook}`,
    ].join('\n'),
  );
  return { subject: subject.replace(/\s+/g, ' '), text: `${lines.join('\n\n')}\n` };
}
