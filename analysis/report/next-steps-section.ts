import type { Summary } from '../summary/summary.ts';
import { nextSteps } from '../text/next-steps.ts';
import type { NextStep } from '../text/next-steps-of-failures.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

/** Each is for another kind of trouble: a run that has most of them needs most of them. */
const MOST = 8;

/** The end of the overview: what to do with what it shows. */
export function nextStepsSection(summary: Summary): Part {
  const steps = nextSteps(summary).slice(0, MOST);
  return part(
    'next',
    'What to do next',
    html`<ol>${steps.map(item)}</ol>
${isElsewhere(summary) && steps.some(({ command }) => command !== undefined) && html`<p class="note">Run the commands with the variables that this run had (<code>BASE_URL</code>, <code>ENVIRONMENT</code>, <code>ACCOUNTS_FILE</code>): without them they use the embedded scheduler.</p>`}`,
  );
}

/** A command without the run's variables would ask another target. */
function isElsewhere({ run }: Summary): boolean {
  return run.target.kind !== 'embedded';
}

function item({ text, command, to, page }: NextStep): Html {
  return html`<li>${text}${command ? html`: <code>${command}</code>` : '.'}${to && html` <a href="#${to}">More<span class="unseen">: ${text}</span></a>`}${page && html` <small>${page}</small>`}</li>\n`;
}
