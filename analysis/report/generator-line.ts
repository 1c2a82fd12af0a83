/** Whether the load generator itself was fit, in one line: what a run says of its target hangs on it. */
import { milliseconds, percent, plural } from '../format.ts';
import { MAX_CPU, MAX_LOOP_DELAY_MS } from '../judge/generator-trouble.ts';
import type { Summary } from '../summary/summary.ts';
import { GENERATOR_TEXTS } from '../text/generator-reason-text.ts';
import { type Html, html } from './html.ts';

/** Reasons beside those of its seconds. */
const CODES: ReadonlySet<string> = new Set([
  ...Object.keys(GENERATOR_TEXTS),
  ...['ended-by-generator', 'samples-lost', 'samples-cut-off', 'samples-damaged', 'recording-failed'],
]);

export function generatorLine(summary: Summary): Html {
  return html`<p class="covered generator">${verdictText(summary)} ${figuresText(summary)} <a href="#generator">More<span class="unseen"> about the load generator</span></a></p>`;
}

function verdictText({ verdict, reasonDetails, generator }: Summary): string {
  const own = reasonDetails.filter(({ code }) => CODES.has(code));
  const worst = own.find((reason) => reason.verdict === 'invalid') ?? own[0];
  // The sentence above has the first reason of such a verdict: twice it would be read twice.
  const isAbove = (verdict === 'invalid' || verdict === 'warn') && worst === reasonDetails[0];
  if (worst?.verdict === 'invalid')
    return `The load generator did not keep up${isAbove ? '' : `: ${worst.text}`}.`;
  if (generator.seconds === 0)
    return 'Whether the load generator kept up is not known: it was not monitored.';
  if (!worst) return 'The load generator kept up.';
  return isAbove
    ? 'The load generator kept up, but for what is said above.'
    : `The load generator kept up, but: ${worst.text}.`;
}

function figuresText({ generator, counts }: Summary): string {
  const { cpuP95, loopDelayP95 } = generator;
  const lost = (counts.missing ?? 0) + counts.torn + counts.unusable;
  const parts = [
    cpuP95 !== null && `CPU ${percent(cpuP95)} of all cores (limit ${percent(MAX_CPU)})`,
    loopDelayP95 !== null &&
      `event loop late by ${milliseconds(loopDelayP95)} (limit ${milliseconds(MAX_LOOP_DELAY_MS)})`,
  ].filter(Boolean);
  const watched = parts.length === 0 ? '' : `In 95 % of its seconds at most: ${parts.join(', ')}. `;
  return `${watched}${lost === 0 ? 'No sample' : plural(lost, 'sample')} lost.`;
}
