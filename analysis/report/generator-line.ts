/** Whether the load generator itself was fit, in one line: what a run says of its target hangs on it. */
import { listed, milliseconds, percent, plural } from '../format.ts';
import { MAX_CPU, MAX_LOOP_DELAY_MS } from '../judge/generator-trouble.ts';
import type { Summary } from '../summary/summary.ts';
import { fullMachineText, isMostlyFull, machineReason } from '../text/full-machine-text.ts';
import { GENERATOR_TEXTS } from '../text/generator-reason-text.ts';
import { type Html, html } from './html.ts';

/** Reasons beside those of its seconds. */
const CODES: ReadonlySet<string> = new Set([
  // Of its machine the paragraph above the line speaks.
  ...Object.keys(GENERATOR_TEXTS).filter((code) => code !== 'machine-busy' && code !== 'machine-full'),
  ...['ended-by-generator', 'samples-lost', 'samples-cut-off', 'samples-damaged', 'recording-failed'],
]);

export function generatorLine(summary: Summary): Html {
  const machine = fullMachineText(summary);
  return html`${machine && html`<p class="machine">${machine}</p>\n`}<p class="covered generator">${verdictText(summary)} ${figuresText(summary)} <a href="#generator">More<span class="unseen"> about the load generator</span></a></p>`;
}

function verdictText(summary: Summary): string {
  const { verdict, reasonDetails, generator } = summary;
  const own = reasonDetails.filter(({ code }) => CODES.has(code));
  const worst = own.find((reason) => reason.verdict === 'invalid') ?? own[0];
  // The sentence above has the first reason of such a verdict: twice it would be read twice.
  const isAbove = (verdict === 'invalid' || verdict === 'warn') && worst === reasonDetails[0];
  if (worst?.verdict === 'invalid')
    return `The load generator did not keep up${isAbove ? '' : `: ${worst.text}`}.`;
  if (generator.seconds === 0)
    return 'Whether the load generator kept up is not known: it was not monitored.';
  const machine = machineReason(summary);
  // A share of all cores is small where others use the rest: it says nothing of how long the generator waited for one.
  const kept =
    machine && isMostlyFull(machine)
      ? 'Nobody can know whether the load generator kept up on a full machine'
      : 'The load generator kept up';
  if (!worst) return `${kept}.`;
  return isAbove ? `${kept}, except for what is said above.` : `${kept}. But ${worst.text}.`;
}

function figuresText({ generator, counts }: Summary): string {
  const { cpuP95, loopDelayP95, host } = generator;
  const lost = (counts.missing ?? 0) + counts.torn + counts.unusable;
  const parts = [
    cpuP95 !== null && `it used at most ${percent(cpuP95)} of all cores (limit ${percent(MAX_CPU)})`,
    loopDelayP95 !== null &&
      `its event loop was at most ${milliseconds(loopDelayP95)} late (limit ${milliseconds(MAX_LOOP_DELAY_MS)})`,
    host.hostCpu !== undefined && `all programs of the machine used at most ${percent(host.hostCpu.p95)}`,
  ].filter((one) => one !== false);
  const watched = parts.length === 0 ? '' : `In 95 % of the seconds ${listed(parts)}. `;
  return `${watched}${lost === 0 ? 'No sample' : plural(lost, 'sample')} lost.`;
}
