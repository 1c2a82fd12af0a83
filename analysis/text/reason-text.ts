/** A reason as a sentence: the only place where terminal, Markdown, JUnit and HTML get it from. */
import type { WorkerLost } from '../../measure/run/events.ts';
import { duration, intoRun, percent, plural, some, thousands } from '../format.ts';
import type { Fact, ReasonCode, ReasonFacts } from '../summary/reason.ts';
import { COUNT_WORDS } from './data-size-text.ts';
import { gateText } from './gate-text.ts';
import { GENERATOR_TEXTS } from './generator-reason-text.ts';
import { probesText } from './probes-text.ts';

const MAX_SCRAPE_REASONS = 3;
const MAX_CHECKS = 3;

type Texts<Codes extends ReasonCode> = { [Code in Codes]: (facts: ReasonFacts[Code]) => string };

const WORKERS: Record<WorkerLost['worker'], string> = {
  http: 'the HTTP worker',
  artillery: 'the Artillery worker',
  playwright: 'the Playwright worker',
};

const END_TEXTS = {
  'target-died': ({ how }: ReasonFacts['target-died']) =>
    `the target died during the run${how ? `: ${how}` : ''}`,
  'target-unresponsive': ({ seconds }: ReasonFacts['target-unresponsive']) =>
    `the target took connections and answered nothing for ${duration(seconds)}; the run was ended then (MAX_UNRESPONSIVE)`,
  killed: () =>
    'the run was killed: it did not end by itself, and all that was under way or written in its last second is missing',
  'recording-failed': () =>
    'the run was ended early because its samples could not be written (is the disk full?)',
  'profile-lost': ({ what }: ReasonFacts['profile-lost']) =>
    `${what ?? 'the process of a profile was lost'}: its last samples are missing, and the load was another than the one asked for`,
  'worker-lost': ({ worker, at, silentMs, why, profile }: ReasonFacts['worker-lost']) => {
    const who = `${worker ? WORKERS[worker] : 'a worker'}${profile ? ` of profile ${profile}` : ''}`;
    const when = at === undefined ? '' : ` at ${intoRun(at)} into the run`;
    return silentMs === undefined
      ? `${who} stopped${when}${why ? ` (${why})` : ''}`
      : `${who} did not answer for ${duration(silentMs / 1000)}${at === undefined ? '' : `, up to ${intoRun(at)} into the run`}`;
  },
  'ended-by-generator': ({ why }: ReasonFacts['ended-by-generator']) =>
    `the run was ended without its answer: ${why}`,
  'stopped-by-threshold': ({ why }: ReasonFacts['stopped-by-threshold']) =>
    why ?? 'a limit ended the run; the samples do not say which',
  interrupted: ({ seconds, by }: ReasonFacts['interrupted']) =>
    `the run was interrupted after ${duration(seconds)}${by ? `: ${by}` : ''}`,
  'still-running': () => 'the run is still going on: these are its figures so far',
};

function ofPlan(parts: ReasonFacts['users-missing']['missed']): string {
  return some(
    parts.map(
      ({ scenario, phase, planned, started, areConcurrent }) =>
        `${scenario} ${started} of ${areConcurrent ? plural(planned, 'concurrent user') : planned} in ${phase}`,
    ),
  );
}

const SAMPLE_TEXTS = {
  'no-samples': () => 'there are no samples: nothing was measured',
  'no-plan': ({ what }: ReasonFacts['no-plan']) =>
    `the plan in run.json has no ${what}: what was to happen is not known`,
  'end-without-samples': ({ seconds }: ReasonFacts['end-without-samples']) =>
    seconds > 0
      ? `the samples end ${duration(seconds)} before the end of the run, though it finished: what came after them is missing`
      : `the samples go on for ${duration(-seconds)} after the end of the run: that end, or they, are of another run`,
  'no-sessions': () => 'no session started: nobody used the target',
  'samples-lost': ({ count, detail }: ReasonFacts['samples-lost']) =>
    `${plural(count, 'sample')} could not be written and are lost (${detail ?? 'no reason recorded'})`,
  'samples-cut-off': ({ how, samples }: ReasonFacts['samples-cut-off']) =>
    `the file of samples ${how}: ${plural(samples, 'sample')} read, how much is lost is not known`,
  'sessions-recorded-twice': ({ count }: ReasonFacts['sessions-recorded-twice']) =>
    `${plural(count, 'session')} ended twice: parts of the file of samples are there twice, and all counts are wrong`,
  'journeys-retried': ({ journeys }: ReasonFacts['journeys-retried']) =>
    `tried again after a failure: ${journeys.map(({ journey, times }) => `'${journey}' ${plural(times, 'time')}`).join(', ')}; every attempt is in the figures`,
  'samples-damaged': ({ lost, lines, kinds, moreKinds, limit }: ReasonFacts['samples-damaged']) => {
    const what =
      lost > 0
        ? `${thousands(lost)} of ${plural(lines, 'line')} of samples could not be used`
        : 'fields of samples could not be used';
    const found = kinds.map((kind) => `${kind.what} ${thousands(kind.count)}`).join(', ');
    const share = limit === undefined ? '' : `, ${percent(lost / lines)}, limit ${percent(limit)}`;
    return `${what} (${found}${moreKinds ? ', and others' : ''})${share}`;
  },
  'sessions-unended': ({ count, started }: ReasonFacts['sessions-unended']) =>
    `${count} of ${plural(started, 'session')} never ended, though the run finished: what they would have shown is missing`,
  'users-missing': ({ started, planned, missed }: ReasonFacts['users-missing']) => {
    const sessions =
      started < planned
        ? `only ${started} of ${plural(planned, 'planned session')} started (${percent(started / planned)})`
        : 'planned users never came';
    return `${sessions}: ${ofPlan(missed)}`;
  },
  'journeys-cut-short': ({ n, of, journeys }: ReasonFacts['journeys-cut-short']) =>
    `${n} of ${plural(of, 'journey')} were cut short, for the target had nothing for them: ${some(journeys.map((one) => `${one.name} ${one.n} of ${one.of}`))}`,
  'pages-lost': ({ sessions, of, browsers, limit }: ReasonFacts['pages-lost']) => {
    const ended = browsers === 0 ? '' : `; ${plural(browsers, 'browser')} ended and had to be started again`;
    const share =
      of === 0 ? '' : ` (${percent(sessions / of)}${limit === undefined ? '' : `, limit ${percent(limit)}`})`;
    return `${sessions} of ${plural(of, 'session')} in browsers lost their page, which crashed or went with its browser${share}${ended}`;
  },
  'users-too-many': ({ surplus }: ReasonFacts['users-too-many']) =>
    `more sessions started than planned: ${ofPlan(surplus)}`,
  'concurrent-users-missing': ({ missing, most, mostMissing }: ReasonFacts['concurrent-users-missing']) =>
    `concurrent users could not begin: users were missing in ${percent(missing)} of their planned time, up to ${mostMissing} of ${plural(most, 'user')} at once (too few accounts, or no browser)`,
  'vitals-incomplete': ({ share, views, limit }: ReasonFacts['vitals-incomplete']) =>
    `only ${percent(share)} of the Web Vitals that ${plural(views, 'page view')} could yield were captured${limit === undefined ? '' : `, limit ${percent(limit)}`}`,
  'no-soft-navigation': ({ views }: ReasonFacts['no-soft-navigation']) =>
    `this browser has no soft-navigation entries: ${plural(views, 'soft page view')} ${views === 1 ? 'is' : 'are'} counted, not measured; CLS and INP of the hard view before them include theirs (Chromium has them from 151 on)`,
  'no-long-task': () => 'this browser has no long-task entries: there is no TBT',
  'no-long-animation-frame': () => 'this browser has no long-animation-frame entries: no scripts are named',
};

const endpointText = ({ endpoint, url }: { endpoint: string; url: string }) =>
  `metrics of the target: ${endpoint} (${url})`;

const TARGET_TEXTS = {
  'rate-limited': ({ n, of, operations, beyond }: ReasonFacts['rate-limited']) =>
    `the target rate-limited this run: ${n} of ${plural(of, 'request')} answered 429 (${operations.map((one) => `${one.name} ${one.n}`).join(', ')})${beyond ? `, ${percent(beyond.share)} of ${beyond.operation ?? 'all requests'}, more than the ${percent(beyond.limit)} with which figures count` : ''}; run \`npx loadtest doctor\` to see its limits`,
  'sign-ins-paced': ({ n, of, longestMs }: ReasonFacts['sign-ins-paced']) =>
    `sign-ins were paced: ${n} of ${plural(of, 'user')} waited for their turn, at most ${duration(longestMs / 1000)}, so fewer were there at a time than planned`,
  'metrics-not-read': (asked: ReasonFacts['metrics-not-read']) => `${endpointText(asked)} was not read once`,
  'metrics-never-answered': (asked: ReasonFacts['metrics-never-answered']) =>
    `${endpointText(asked)} never answered: ${plural(asked.failed, 'scrape')} failed (${scrapeReasons(asked)})`,
  'metrics-scrapes-failed': (asked: ReasonFacts['metrics-scrapes-failed']) =>
    `${endpointText(asked)}: ${asked.failed} of ${plural(asked.scrapes, 'scrape')} failed (${scrapeReasons(asked)})`,
  'metrics-empty': ({ kind, ...asked }: ReasonFacts['metrics-empty']) =>
    `${endpointText(asked)} answered, but gave none of the figures of kind ${kind} (config/target-metrics.yml lists them)`,
  'metrics-reset': ({ times, ...asked }: ReasonFacts['metrics-reset']) =>
    `${endpointText(asked)}: counters reset ${plural(times, 'time')}: the process restarted, or several processes share the endpoint`,
  'changes-left': ({ count }: ReasonFacts['changes-left']) =>
    `${plural(count, 'change')} of the target's data not undone: leftovers.json lists them`,
  'known-defect-expired': ({ name, count, until }: ReasonFacts['known-defect-expired']) =>
    `known defect '${name}' seen ${plural(count, 'time')}, excused only until ${until}: fix it, or give it a new date in config/known-defects.yml`,
  'known-defect-without-effect': ({ name, count, missing }: ReasonFacts['known-defect-without-effect']) =>
    `known defect '${name}' seen ${plural(count, 'time')}, but what it leaves behind was missing ${plural(missing, 'time')}: these are other failures with the same status`,
  'known-defect-share-changed': ({ name, listed, value, n, ci }: ReasonFacts['known-defect-share-changed']) =>
    `known defect '${name}': ${percent(value)} of ${plural(n, 'answer')} had it (95 % interval ${percent(ci[0])} to ${percent(ci[1])}), ${percent(listed)} are listed in config/known-defects.yml: the application may have changed`,
  'known-defect-unlisted': ({ name, count }: ReasonFacts['known-defect-unlisted']) =>
    `known defect '${name}' seen ${plural(count, 'time')}, but it is not in config/known-defects.yml: add it with a reason and a date`,
};

const FAILURE_TEXTS = {
  'first-failure': ({
    kind,
    name,
    message,
    journey,
    page,
    screenshot,
    count,
    at,
    cause,
    isAfterWarmup,
  }: ReasonFacts['first-failure']) => {
    const where = [journey && `of “${journey}”`, page && `on ${page}`].filter(Boolean).join(' ');
    const what = `${kind} “${name}”${where && ` ${where}`}`;
    const after = cause ? `, after ${cause.kind} ${cause.name}: ${cause.message}` : '';
    const more = [count > 1 && plural(count, 'time'), screenshot && `screenshot ${screenshot}`].filter(
      Boolean,
    );
    return `first failure${isAfterWarmup ? ' after the warm-up' : ''}, ${intoRun(at)} into the run: ${what}: ${message}${after}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
  },
};

const GATE_TEXTS = {
  'no-gates': ({ profile }: ReasonFacts['no-gates']) =>
    `no limit judged the profile ${profile}, so nothing could fail: give it limits in config/thresholds.yml`,
  'nothing-proved': ({ profile, gates }: ReasonFacts['nothing-proved']) =>
    `nothing was proved: no gate of the profile ${profile} on what users experienced had enough data (${plural(gates, 'gate')}); run longer, or with more users`,
  'gate-failed': ({ gate }: ReasonFacts['gate-failed']) => gateText(gate),
  'gate-inconclusive': ({ gate }: ReasonFacts['gate-inconclusive']) => gateText(gate),
};

/** Of limits, in words that cannot be taken for a failure. */
const NOTE_TEXTS = {
  'checks-failed': ({ n, failed }: ReasonFacts['checks-failed']) => {
    const count = failed.reduce((sum, one) => sum + one.count, 0);
    const each = failed.slice(0, MAX_CHECKS).map((one) => `'${one.name}' ${plural(one.count, 'time')}`);
    const more = failed.length > MAX_CHECKS ? [`${failed.length - MAX_CHECKS} others`] : [];
    return `${count} of ${plural(n, 'check')} failed: ${[...each, ...more].join(', ')}`;
  },
  'limit-unproved': ({ metric, expected, n, of, needed, missing }: ReasonFacts['limit-unproved']) => {
    const found = missing
      ? `no value yet: ${missing}`
      : `too few samples to confirm it: ${plural(n, of ?? 'sample')}${needed === undefined ? '' : ` of at least ${thousands(needed)}`}`;
    return `${metric} ${expected}: nothing failed; ${found}`;
  },
  'journeys-found-nothing': ({ journeys }: ReasonFacts['journeys-found-nothing']) =>
    `${some(journeys.map((one) => `${one.name} ${one.n} of ${one.of}`))} were cut short: they go on with what other users leave, and there was nothing yet; a longer run leaves more`,
  'data-grew': ({ grown, left, removable }: ReasonFacts['data-grew']) => {
    const each = grown.map(({ what, by }) => `${thousands(by)} ${COUNT_WORDS[what]}`).join(', ');
    const ours =
      left === 0
        ? 'this run has taken back what it changed: the rest is history that the application keeps (discarded drafts, answered swaps), or of other users'
        : `${plural(left, 'thing')} that this run made or changed ${left === 1 ? 'is' : 'are'} still there, ${removable} of which \`npx loadtest clean\` removes`;
    return `the target has more data than before the run: ${each}; ${ours}`;
  },
  'limits-not-met': ({ metrics }: ReasonFacts['limits-not-met']) =>
    `${plural(metrics.length, 'limit')} judged nothing, for the run did not meet what ${metrics.length === 1 ? 'it names' : 'they name'}: ${some(metrics)}`,
  'journeys-skipped': ({ skipped }: ReasonFacts['journeys-skipped']) => {
    const byReason = [...Map.groupBy(skipped, ({ why }) => why)];
    const each = byReason.map(([why, ones]) => `${ones.map(({ journey }) => journey).join(', ')} (${why})`);
    return `not exercised, and in no figure: ${plural(skipped.length, 'journey')}: ${each.join('; ')}`;
  },
  'files-not-loaded': ({ views, of, files }: ReasonFacts['files-not-loaded']) =>
    `${views} of ${plural(of, 'page view')} lacked a stylesheet or script: ${some(files.map(({ name, count }) => `${name} ${plural(count, 'time')}`))}`,
  'probes-unanswered': ({ n, of, waits }: ReasonFacts['probes-unanswered']) => probesText(n, of, waits),
  'cpu-unwatched': ({ seconds, of }: ReasonFacts['cpu-unwatched']) =>
    `the generator’s CPU was not watched in ${seconds} of ${plural(of, 'second')} (no /proc): whether it was short of CPU is not known`,
  'limits-of-many-unproved': ({ count }: ReasonFacts['limits-of-many-unproved']) =>
    `${plural(count, 'limit')} on single steps, requests or pages: nothing failed; too few samples to confirm ${count === 1 ? 'it' : 'them'} (the report has n of each)`,
};

const TEXTS: Texts<ReasonCode> = {
  ...END_TEXTS,
  ...GENERATOR_TEXTS,
  ...SAMPLE_TEXTS,
  ...TARGET_TEXTS,
  ...FAILURE_TEXTS,
  ...GATE_TEXTS,
  ...NOTE_TEXTS,
};

export function reasonText(reason: Fact): string {
  const text = TEXTS[reason.code] as (facts: Fact) => string;
  return text(reason);
}

function scrapeReasons({ reasons, failed }: ReasonFacts['metrics-never-answered']): string {
  const shown = reasons
    .slice(0, MAX_SCRAPE_REASONS)
    .map(({ reason, count }) => (count === failed ? reason : `${reason} ${count}`));
  return [...shown, ...(reasons.length > MAX_SCRAPE_REASONS ? ['…'] : [])].join(', ');
}
