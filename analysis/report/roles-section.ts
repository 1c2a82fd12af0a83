/** What users of each role can do: their journeys, each of which works, is slow, fails, or was not drawn. */
import { ROLES } from '../../config/roles.ts';
import { plural } from '../format.ts';
import type { JourneyOfRole, Summary } from '../summary/summary.ts';
import { clientText } from '../text/client-text.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

/** As limits on single steps (config/thresholds.yml). */
const MAX_FAILED = 0.05;
/** Below it waits are “poor” (Apdex specification v1.1). */
const MIN_SCORE = 0.7;

export type JourneyState = 'fails' | 'slow' | 'works' | 'nothing to do' | 'not drawn';
const STATES: readonly JourneyState[] = ['fails', 'slow', 'works', 'nothing to do', 'not drawn'];
/** Colour is never the only sign. */
const SIGNS: Record<JourneyState, string> = {
  fails: '✕',
  slow: '!',
  works: '✓',
  'nothing to do': '○',
  'not drawn': '–',
};

export function stateOf({ passes, failed, cutShort, score }: JourneyOfRole): JourneyState {
  if (passes === 0) return 'not drawn';
  if (failed / passes > MAX_FAILED) return 'fails';
  if (cutShort === passes) return 'nothing to do';
  return score !== null && score < MIN_SCORE ? 'slow' : 'works';
}

export function rolesSection({ journeysByRole = [] }: Summary): Part | '' {
  if (journeysByRole.length === 0) return '';
  const roles = ROLES.filter((role) => journeysByRole.some((one) => one.role === role));
  return part(
    'roles',
    'What each role can do',
    html`<p class="note">✓ works · ! slow: waits of more than a second too often (Apdex below ${MIN_SCORE}) · ✕ fails: more than ${MAX_FAILED * 100} % of its passes · ○ the target had nothing for it to do · – planned, and not drawn in this run. A pass is one time that a user went through a journey; what a known defect made fail counts as failed: users met it.</p>
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
  const text = counts.filter(([, n]) => n > 0).map(([state, n]) => `${n} ${state}`);
  return html`<div class="role"><h3>${role} <span class="count">${text.join(', ')}</span></h3>
<ul>${states.map(({ one, state }) => item(one, state))}</ul></div>\n`;
}

function item({ journey, via, passes, failed }: JourneyOfRole, state: JourneyState): Html {
  const some =
    failed > 0 &&
    html`, <a href="#failed-journeys">${failed} of ${plural(passes, 'pass', 'passes')} failed</a>`;
  const count = passes > 0 && failed === 0 ? ` · ${plural(passes, 'pass', 'passes')}` : '';
  const client = clientText(via, journey);
  return html`<li class="state ${state.replaceAll(' ', '-')}"><span class="sign" aria-hidden="true">${SIGNS[state]}</span> <span>${journey} <small>${client && `${client}: `}${state}${some}${count}</small></span></li>`;
}
