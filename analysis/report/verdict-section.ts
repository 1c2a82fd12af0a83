/** What comes first: the verdict in a sentence, what it covers, and the reasons behind it. */
import { EMBEDDED } from '../../config/environments.ts';
import { duration, listed, plural, some, thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { dataText, unknownText } from '../text/data-size-text.ts';
import { verdictSentences } from '../text/plain-verdict.ts';
import { verdictBadge } from './badge.ts';
import { generatorLine } from './generator-line.ts';
import { type Html, html, relativeLink } from './html.ts';

type ReasonDetail = Summary['reasonDetails'][number];

/** Without a heading of its own beside the sentence. */
export function verdictSection(summary: Summary): Html {
  const { headline, reasonDetails: reasons, notes, answers } = summary;
  const [sentence, ...further] = verdictSentences(summary);
  return html`<section class="verdict ${headline.verdict}" aria-labelledby="verdict">
<h2 id="verdict">${verdictBadge(headline.verdict)} <span class="sentence">${sentence}</span></h2>
${further.map((one) => html`<p class="limits">${one}</p>\n`)}${answers.map((answer) => html`<p class="answer">${answer}</p>`)}
<p class="covered">${covered(summary)}</p>
${generatorLine(summary)}
${beforeLine(summary)}
${defectsLine(summary)}
${changesLine(summary)}
${reasons.length + notes.length > 0 && html`<details><summary>${reasonsText(reasons, notes.length)}</summary>${reasons.length > 0 && reasonList(reasons)}${notes.length > 0 && noteList(notes)}</details>`}
</section>`;
}

/** `7 failed limits, 2 limits not confirmed, 3 other reasons and 4 notes in full`: failed limits are as many as their cards. */
function reasonsText(reasons: readonly ReasonDetail[], notes: number): string {
  const count = (wanted: ReasonDetail['code']) => reasons.filter(({ code }) => code === wanted).length;
  const [failed, open] = [count('gate-failed'), count('gate-inconclusive')];
  const others = reasons.length - failed - open;
  const parts = [
    failed > 0 && plural(failed, 'failed limit'),
    open > 0 && plural(open, 'limit not confirmed', 'limits not confirmed'),
    others > 0 && plural(others, failed + open > 0 ? 'other reason' : 'reason'),
    notes > 0 && plural(notes, 'note'),
  ].filter((one) => one !== false);
  return `${listed(parts)} in full`;
}

/** How much was looked at: sessions, users, roles, data, where, and which version. */
function covered(summary: Summary): string {
  const { counts, run, durationSeconds, journeysByRole = [] } = summary;
  const { sessions, peakUsers, peakBrowserUsers, peakHttpUsers } = counts;
  const roles = new Set(journeysByRole.filter(({ passes }) => passes > 0).map(({ role }) => role));
  const { target, throttle } = run;
  const slowed = [
    throttle?.network?.name,
    throttle && throttle.cpuSlowdown > 1 && `CPU ${throttle.cpuSlowdown}×`,
  ];
  return [
    `${plural(sessions.started, 'session')} in ${duration(durationSeconds)}${countedText(summary)}`,
    `at most ${plural(peakUsers, 'user')} at once (at most ${thousands(peakBrowserUsers)} in browsers and ${thousands(peakHttpUsers)} over HTTP${peakBrowserUsers + peakHttpUsers > peakUsers ? ', at different moments' : ''}; users over HTTP send the same requests without a browser)`,
    roles.size > 0 && plural(roles.size, 'role'),
    `environment ${target.environment}${target.environment === EMBEDDED ? ' (a stand-in for the application)' : ''}${target.version ? `, version ${target.version}` : ', version not known'}`,
    dataText(run),
    throttle && `browsers slowed down (${slowed.filter(Boolean).join(', ')})`,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Limits on sessions are of fewer than came. */
function countedText({ sums }: Summary): string {
  const { started, judged, warmup, interrupted } = sums.ended.sessions;
  if (judged === started) return '';
  const others = [
    warmup > 0 && `${thousands(warmup)} began in the warm-up`,
    interrupted > 0 && `${thousands(interrupted)} had not ended when the run did`,
  ].filter((one) => one !== false);
  return `, of which ${thousands(judged)} count${others.length > 0 ? ` (${listed(others)})` : ''}`;
}

function beforeLine({ run }: Summary): Html | '' {
  const { before } = run.dataSize ?? {};
  // Where the target failed, the things to look at first have it.
  if (!before || before.failed || Object.keys(before.unknown).length === 0) return '';
  return html`<p class="covered">Before the run, without any load, the target did not say how much data it has: ${unknownText(before)}. <a href="#data">More<span class="unseen"> about the data</span></a></p>`;
}

/** They fail no limit, and users met them all the same. */
function defectsLine({ knownDefects }: Summary): Html | '' {
  const n = knownDefects.length;
  if (n === 0) return '';
  const [early, met] = [true, false].map((isEarly) =>
    knownDefects.filter(({ warmupOnly = false }) => warmupOnly === isEarly).map(({ name }) => name),
  ) as [string[], string[]];
  const names = [met.length > 0 && some(met), early.length > 0 && `in the warm-up only: ${some(early)}`];
  return html`<p class="covered"><a href="#defects">${plural(n, 'known defect')}</a> of the application ${n === 1 ? 'was' : 'were'} seen: ${names.filter(Boolean).join('; ')}.${knownDefects.every(({ excused }) => excused) && ' Known defects are excused: limits do not count their failures.'}</p>`;
}

/** What the run leaves behind is its users' to remove. */
function changesLine({ counts: { changes }, leftovers, run }: Summary): Html | '' {
  // The embedded scheduler ends with the run, and its data with it.
  if (changes.planned === 0 || run.target.kind === 'embedded') return '';
  const removable = leftovers.filter(({ canBeUndone }) => canBeUndone).length;
  const left =
    changes.left === 0
      ? 'all were taken back'
      : `${thousands(changes.left)} ${changes.left === 1 ? 'is' : 'are'} still there, of which ${removable === 0 ? 'none' : thousands(removable)} can be removed`;
  return html`<p class="covered">The run made <a href="#leftovers">${plural(changes.planned, 'change')}</a> on the target: ${left}.</p>`;
}

const SHOWN_AT_ONCE = 6;
const MOST_REASONS = 100;

function reasonList(reasons: readonly ReasonDetail[]): Html {
  const items = (list: readonly ReasonDetail[]) =>
    html`<ul>${list.map((reason) => html`<li>${reason.text}${picture(reason)}</li>`)}</ul>`;
  const rest = reasons.slice(SHOWN_AT_ONCE, MOST_REASONS);
  const further = reasons.length - SHOWN_AT_ONCE - rest.length;
  return html`<h3>Reasons</h3>
${items(reasons.slice(0, SHOWN_AT_ONCE))}
${rest.length > 0 ? html`<details><summary>${thousands(reasons.length - SHOWN_AT_ONCE)} more</summary>${items(rest)}${further > 0 ? html`<p class="note">… and ${thousands(further)} more; summary.json has all.</p>` : ''}</details>` : ''}`;
}

function noteList(notes: Summary['notes']): Html {
  return html`<h3>Notes</h3>
<ul class="notes">${notes.slice(0, MOST_REASONS).map(({ text }) => html`<li>${text}</li>`)}</ul>`;
}

function picture(reason: ReasonDetail): Html | '' {
  const href = reason.code === 'first-failure' ? relativeLink(reason.screenshot) : undefined;
  return href === undefined ? '' : html` <a href="${href}">screenshot</a>`;
}
