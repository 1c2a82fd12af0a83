import type { Verdict } from '../../measure/run/run.ts';
import { type GateResult, isUnproved } from '../summary/gate-result.ts';
import type { GoalOutcome } from '../summary/goal-result.ts';
import { OUTCOME_WORDS, outcomeWords, VERDICT_WORDS } from '../text/verdict-words.ts';
import { type Html, html } from './html.ts';

/** Colour is never the only sign. */
const SIGNS: Record<Verdict, string> = { pass: '✓', warn: '!', fail: '✕', invalid: '⊘' };

export function verdictBadge(verdict: Verdict): Html {
  return badge(verdict, VERDICT_WORDS[verdict]);
}

/** Coloured by what it means for the run: a failed gate of level `warn` only warns. */
export function gateBadge({ verdict, outcome }: Pick<GateResult, 'verdict' | 'outcome'>): Html {
  const words = outcomeWords({ verdict, outcome });
  return isUnproved({ verdict, outcome }) ? html`<span class="badge">${words}</span>` : badge(verdict, words);
}

/** A missed goal is no failure of the run. */
export function goalBadge(outcome: GoalOutcome): Html {
  if (outcome === 'undecided') return html`<span class="badge">${OUTCOME_WORDS.inconclusive}</span>`;
  return outcome === 'met' ? badge('pass', 'Met') : badge('warn', 'Missed');
}

export function badge(verdict: Verdict, words: string): Html {
  return html`<span class="badge ${verdict}"><span aria-hidden="true">${SIGNS[verdict]}</span> ${words}</span>`;
}
