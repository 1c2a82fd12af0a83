/** What users of each role can do: their journeys, each of which works, works in part, is slow, fails, or was not tried. */
import { ROLES } from '../../config/roles.ts';
import { plural, thousands } from '../format.ts';
import { MAX_CUT_SHORT_OF_JOURNEY } from '../judge/journeys-exercised.ts';
import type { JourneyOfRole, Summary } from '../summary/summary.ts';
import { clientText } from '../text/client-text.ts';
import { kindWord } from '../text/plain-verdict.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

/** As limits on single steps (config/thresholds.yml). */
const MAX_FAILED = 0.05;
/** Below it waits are “poor” (Apdex specification v1.1). */
const MIN_SCORE = 0.7;

export type JourneyState = 'fails' | 'works in part' | 'slow' | 'works' | 'nothing to do' | 'not tried';
const STATES: readonly JourneyState[] = [
  'fails',
  'works in part',
  'slow',
  'works',
  'nothing to do',
  'not tried',
];
/** Colour is never the only sign. */
const SIGNS: Record<JourneyState, string> = {
  fails: '✕',
  'works in part': '◐',
  slow: '!',
  works: '✓',
  'nothing to do': '○',
  'not tried': '–',
};

export function stateOf({ passes, failed, cutShort, troubled = 0, score }: JourneyOfRole): JourneyState {
  if (passes === 0) return 'not tried';
  if (failed / passes > MAX_FAILED) return 'fails';
  if (troubled / passes > MAX_FAILED) return 'works in part';
  if (cutShort / passes > MAX_CUT_SHORT_OF_JOURNEY) return 'nothing to do';
  return score !== null && score < MIN_SCORE ? 'slow' : 'works';
}

export function rolesSection({ journeysByRole = [] }: Summary): Part | '' {
  if (journeysByRole.length === 0) return '';
  const roles = ROLES.filter((role) => journeysByRole.some((one) => one.role === role));
  return part(
    'roles',
    'What each role can do',
    html`<p class="note">A pass is one time that a user went through a journey, outside of warm-up. ✓ works · ! slow: users waited longer than a second too often (Apdex below ${MIN_SCORE}) · ◐ works in part: in more than ${MAX_FAILED * 100} % of its passes a call or step failed and the user went on, known defects included · ✕ fails: more than ${MAX_FAILED * 100} % of its passes failed, or all of them · ○ nothing to do: in most of its passes there was nothing to do on the target · – not tried: planned, and by chance not in this run.</p>
<div class="roles">${roles.map((role) =>
      roleCard(
        role,
        journeysByRole.filter((one) => one.role === role),
      ),
    )}</div>`,
  );
}

function roleCard(role: string, journeys: readonly JourneyOfRole[]): Html {
  const states = journeys.map((one) => ({ one, state: stateOf(one) }));
  states.sort(
    (a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state) || a.one.journey.localeCompare(b.one.journey),
  );
  const counts = STATES.map((state) => [state, states.filter((one) => one.state === state).length] as const);
  const text = counts.filter(([, n]) => n > 0).map(([state, n]) => `${state}: ${n}`);
  return html`<div class="role"><h3>${role} <span class="count">${text.join(', ')}</span></h3>
<ul>${states.map(({ one, state }) => item(one, state))}</ul></div>\n`;
}

/** Beside the state: of how many passes it is, and what the others were. */
export function passesText({ passes, failed, cutShort, troubled = 0 }: JourneyOfRole): string {
  if (passes === 0) return '';
  const all = plural(passes, 'pass', 'passes');
  if (troubled === passes && passes > 1) return `something failed in all ${all}, and users went on`;
  const kinds: Array<[count: number, what: string]> = [
    [failed, 'failed'],
    [troubled, 'went on after a failure'],
    [cutShort, 'cut short, with nothing to do'],
  ];
  const parts = kinds.filter(([n]) => n > 0).map(([n, what]) => [thousands(n), what] as const);
  if (parts.length === 0) return all;
  return parts.map(([n, what], at) => (at === 0 ? `${n} of ${all} ${what}` : `${n} ${what}`)).join(', ');
}

/** `call people.list (6); call swaps.execute, known defect (2)`; without numbers where there was one such pass. */
export function causesText({ because = [], failed, troubled = 0 }: JourneyOfRole): string {
  const isOne = failed + troubled === 1;
  return because
    .map((cause) => (isOne ? causeText(cause) : `${causeText(cause)} (${thousands(cause.passes)})`))
    .join('; ');
}

/** `call people.list`, `call swaps.execute, known defect`. */
export function causeText({ kind, name, defect }: NonNullable<JourneyOfRole['because']>[number]): string {
  if (kind === 'defect' || (kind === 'error' && defect)) return `known defect “${defect ?? name}”`;
  const what = kind === 'error' ? `“${name}”` : `${kindWord(kind)} ${name}`;
  return defect ? `${what}, known defect` : what;
}

function item(one: JourneyOfRole, state: JourneyState): Html {
  const { journey, via, failed, troubled = 0 } = one;
  const text = passesText(one);
  const to = failed > 0 ? 'failed-journeys' : troubled > 0 ? 'calls' : undefined;
  const count = to === undefined ? text : html`<a href="#${to}">${text}</a>`;
  const client = clientText(via, journey);
  const causes = causesText(one);
  return html`<li class="state ${state.replaceAll(' ', '-')}"><span class="sign" aria-hidden="true">${SIGNS[state]}</span> <span>${journey} <small>${client && `${client}: `}${state === 'fails' && one.failed < one.passes ? 'fails at times' : state}${text && ' · '}${count}</small>${causes && html`<small>what failed: ${causes}</small>`}</span></li>`;
}
