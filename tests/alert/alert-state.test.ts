/** Each channel is sent an alert once, and once that it is over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Alert, dueFor, nextAlerts, remaining, taken } from '../../cli/alert/alert-state.ts';
import type { Judged, Judgement } from '../../cli/alert/judgement.ts';
import type { AlertRule, ChannelKind } from '../../config/alert-rules.ts';

const RULE: AlertRule = {
  name: 'a',
  kind: 'no-data',
  after: 60,
  profile: 'load',
  environment: 'staging',
  severity: 'warning',
  runbook: 'docs/alerts.md',
};

/** A service that remembers what it was sent; `isAway` takes nothing. */
class Receiver {
  readonly all: string[] = [];
  isAway = false;
}

/** Judges the rule again and again, and sends to these channels. */
class Story {
  alerts: Alert[] = [];
  time = 0;
  readonly channels: Record<string, Receiver> = { slack: new Receiver(), email: new Receiver() };
  next(outcome: Judgement['outcome'] | 'no rule', rule = RULE): this {
    this.time += 1;
    const now = new Date(Date.UTC(2026, 10, 30, 0, this.time)).toISOString();
    const judged: Judged[] = outcome === 'no rule' ? [] : [{ rule, outcome, text: outcome }];
    this.alerts = nextAlerts(
      this.alerts,
      judged,
      judged.map((one) => one.rule.name),
      now,
    );
    for (const [kind, channel] of Object.entries(this.channels)) {
      if (channel.isAway) continue;
      const due = dueFor(kind as ChannelKind, this.alerts);
      channel.all.push(...due.map(({ over }) => (over === undefined ? 'firing' : 'recovered')));
      this.alerts = taken(this.alerts, kind as ChannelKind, due);
    }
    this.alerts = remaining(this.alerts);
    return this;
  }
  sentTo(kind: string): string {
    return (this.channels[kind] as Receiver).all.join(' ');
  }
}

test('an alert that goes on is sent once, its end once, and then it is forgotten', () => {
  const story = new Story().next('firing').next('firing').next('over').next('over');
  assert.equal(story.sentTo('slack'), 'firing recovered');
  assert.deepEqual(story.alerts, []);
});

test('what is fine from the beginning is sent to nobody', () => {
  assert.equal(new Story().next('over').next('unknown').sentTo('slack'), '');
});

test('an alert stays while nothing can be said', () => {
  const story = new Story().next('firing').next('unknown');
  assert.equal(story.alerts[0]?.over, undefined);
  assert.equal(story.next('firing').sentTo('slack'), 'firing');
});

test('a channel that was away is sent what it missed, and the others nothing twice', () => {
  const story = new Story();
  (story.channels.email as Receiver).isAway = true;
  story.next('firing').next('firing');
  (story.channels.email as Receiver).isAway = false;
  assert.deepEqual([story.next('firing').sentTo('email'), story.sentTo('slack')], ['firing', 'firing']);
  (story.channels.slack as Receiver).isAway = true;
  story.next('over');
  (story.channels.slack as Receiver).isAway = false;
  assert.deepEqual(
    [story.next('over').sentTo('slack'), story.sentTo('email')],
    ['firing recovered', 'firing recovered'],
  );
});

test('a channel that never had the alert is not sent that it is over', () => {
  const story = new Story();
  (story.channels.email as Receiver).isAway = true;
  story.next('firing');
  (story.channels.email as Receiver).isAway = false;
  assert.equal(story.next('over').sentTo('email'), '');
});

test('one that comes back begins again', () => {
  const story = new Story().next('firing').next('over').next('firing');
  assert.equal(story.sentTo('slack'), 'firing recovered firing');
  assert.equal(story.alerts[0]?.since, '2026-11-30T00:03:00.000Z');
});

test('an alert of a rule that was removed is over', () => {
  assert.equal(new Story().next('firing').next('no rule').sentTo('slack'), 'firing recovered');
});

test('an alert of another file of rules is left as it is', () => {
  const story = new Story().next('firing');
  const [known] = story.alerts;
  assert.deepEqual(nextAlerts(story.alerts, [], [], '2026-11-30T00:09:00.000Z', 'other.yml'), [known]);
});

test('`to` chooses the channels', () => {
  const story = new Story().next('firing', { ...RULE, to: ['email'] });
  assert.deepEqual([story.sentTo('email'), story.sentTo('slack')], ['firing', '']);
});

test('Alertmanager, which forgets, is sent each time what is firing', () => {
  const story = new Story();
  story.channels.alertmanager = new Receiver();
  assert.equal(
    story.next('firing').next('firing').next('over').next('over').sentTo('alertmanager'),
    'firing firing recovered',
  );
});
