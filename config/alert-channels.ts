/** To whom alerts are sent: channels that the variables `ALERT_…` set up. All of them may hold secrets, and no message repeats one. */
import { CHANNEL_KINDS, type ChannelKind } from './alert-rules.ts';
import { isLoopback } from './hosts.ts';
import { type EnvironmentSource, givenVariables } from './process-env.ts';

/** A service that takes JSON over HTTP. `authorization`: value of the header. */
export interface HttpChannel {
  kind: Exclude<ChannelKind, 'email'>;
  url: string;
  authorization?: string;
  /** PagerDuty: of the service. */
  routingKey?: string;
}

export interface MailChannel {
  kind: 'email';
  host: string;
  port: number;
  /** TLS from the first byte (smtps). Else STARTTLS, which must be there where a password is sent to another machine. */
  secure: boolean;
  requireTLS: boolean;
  auth?: { user: string; pass: string };
  from: string;
  to: string[];
}

export type Channel = HttpChannel | MailChannel;

export interface ChannelProblem {
  kind: ChannelKind;
  /** `ALERT_SLACK_URL: not a URL. Write …` */
  text: string;
}

export interface Channels {
  found: Channel[];
  problems: ChannelProblem[];
}

/** The variable that sets a channel up, and is named where the channel fails. */
export const VARIABLE_OF: Readonly<Record<ChannelKind, string>> = {
  alertmanager: 'ALERT_ALERTMANAGER_URL',
  webhook: 'ALERT_WEBHOOK_URL',
  slack: 'ALERT_SLACK_URL',
  pagerduty: 'ALERT_PAGERDUTY_KEY',
  email: 'ALERT_SMTP_URL',
};
const TOKEN_OF: Partial<Record<ChannelKind, string>> = {
  alertmanager: 'ALERT_ALERTMANAGER_TOKEN',
  webhook: 'ALERT_WEBHOOK_TOKEN',
};
/** https://developer.pagerduty.com/docs/events-api-v2/trigger-events/ */
const PAGERDUTY = 'https://events.pagerduty.com';
/** https://www.rfc-editor.org/rfc/rfc8314: submission, and submission over TLS. */
const SMTP_PORT = 587;
const SMTPS_PORT = 465;

/** What is wrong with a variable, for its line. */
class Wrong extends Error {}

/** Those that are set up, and those that are set up wrongly: these are named, and stop no other. */
export function readChannels(source: EnvironmentSource = givenVariables()): Channels {
  const given = (name: string) => source[name]?.trim() || undefined;
  const found: Channel[] = [];
  const problems: ChannelProblem[] = [];
  for (const kind of CHANNEL_KINDS) {
    const value = given(VARIABLE_OF[kind]);
    if (value === undefined) continue;
    try {
      found.push(channelOf(kind, value, given));
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
      problems.push({ kind, text: error.message });
    }
  }
  return { found, problems };
}

type Given = (name: string) => string | undefined;

function channelOf(kind: ChannelKind, value: string, given: Given): Channel {
  if (kind === 'email') return mailChannel(value, given);
  if (kind === 'pagerduty') {
    const base = httpUrl('ALERT_PAGERDUTY_URL', given('ALERT_PAGERDUTY_URL') ?? PAGERDUTY);
    return { kind, url: `${base.url.replace(/\/+$/, '')}/v2/enqueue`, routingKey: value };
  }
  const { url, authorization } = httpUrl(VARIABLE_OF[kind], value);
  const token = given(TOKEN_OF[kind] ?? '');
  return {
    kind,
    url: kind === 'alertmanager' ? `${url.replace(/\/+$/, '')}/api/v2/alerts` : url,
    authorization: token === undefined ? authorization : `Bearer ${token}`,
  };
}

/** A user and a password before the host become the header: `fetch` takes none in a URL. */
function httpUrl(variable: string, value: string): { url: string; authorization?: string } {
  const url = urlOf(variable, value, /^https?:$/, 'https://alerts.example.org');
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const both = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return {
    url: url.href,
    authorization: username === '' ? undefined : `Basic ${Buffer.from(both).toString('base64')}`,
  };
}

function mailChannel(value: string, given: Given): MailChannel {
  const { protocol, hostname, port, username, password } = urlOf(
    'ALERT_SMTP_URL',
    value,
    /^smtps?:$/,
    'smtp://user@mail.example.org:587',
  );
  if (hostname === '')
    throw new Wrong('ALERT_SMTP_URL: no host. Write e.g. smtp://user@mail.example.org:587.');
  const secure = protocol === 'smtps:';
  const user = decodeURIComponent(username);
  const pass = given('ALERT_SMTP_PASSWORD') ?? decodeURIComponent(password);
  if (user !== '' && pass === '')
    throw new Wrong(
      'ALERT_SMTP_PASSWORD: not set, and ALERT_SMTP_URL has a user. Set it, or take the user out.',
    );
  const [from, to] = ['ALERT_MAIL_FROM', 'ALERT_MAIL_TO'].map((name) => {
    const addresses = (given(name) ?? '').split(',').map((one) => one.trim());
    if (!addresses.every((one) => /^[^\s@]+@[^\s@]+$/.test(one)))
      throw new Wrong(`${name}: not set, or no address. Write e.g. duty@example.org.`);
    return addresses;
  }) as [string[], string[]];
  return {
    kind: 'email',
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? SMTPS_PORT : SMTP_PORT) : Number(port),
    secure,
    requireTLS: !secure && user !== '' && !isLoopback(hostname),
    auth: user === '' ? undefined : { user, pass },
    from: from[0] as string,
    to,
  };
}

function urlOf(variable: string, value: string, protocols: RegExp, example: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (!url || !protocols.test(url.protocol))
    throw new Wrong(`${variable}: not a URL of this kind. Write e.g. ${example}.`);
  try {
    decodeURIComponent(url.username + url.password);
    return url;
  } catch {
    throw new Wrong(`${variable}: a % before the host is not encoded. Write it as %25.`);
  }
}
