/** Where the target's own traces and logs of a run are, as the entry of its environment says. */
import { filled, type LinkPlace, placesOf } from '../../config/links.ts';
import type { ErrorGroup, Summary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { type Part, part } from './part.ts';

const OF_ONE: readonly LinkPlace[] = ['traceId', 'requestId'];

/** Those that are of the whole run. */
export function elsewhereSection(summary: Summary): Part | '' {
  const { links = [] } = summary.deployment ?? {};
  const whole = links.filter(({ url }) =>
    placesOf(url).every((place) => !OF_ONE.includes(place as LinkPlace)),
  );
  if (whole.length === 0) return '';
  const { run, durationSeconds } = summary;
  const from = Date.parse(run.start);
  const values = { from: `${from}`, to: `${from + Math.ceil(durationSeconds) * 1000}` };
  return part(
    'elsewhere',
    'Traces and logs of the target',
    html`<ul>${whole.map(({ name, url }) => html`<li><a href="${filled(url, values) ?? ''}" rel="noreferrer">${name}</a></li>`)}</ul>`,
  );
}

/** Those of one request: the first of its failures. A minute around it, where a link asks for a time. */
export function linksOfError(
  { requestId, via, firstAt }: ErrorGroup,
  { deployment, run }: Pick<Summary, 'deployment' | 'run'>,
): Html[] {
  const { links = [] } = deployment ?? {};
  const at = Date.parse(run.start) + (firstAt ?? 0) * 1000;
  const values = {
    from: `${Math.round(at - 30_000)}`,
    to: `${Math.round(at + 30_000)}`,
    requestId,
    // HTTP clients send it as their trace id, without hyphens; browsers send none.
    traceId: via === 'http' ? requestId?.replaceAll('-', '') : undefined,
  };
  return links
    .filter(({ url }) => placesOf(url).some((place) => OF_ONE.includes(place as LinkPlace)))
    .flatMap(({ name, url }) => {
      const href = filled(url, values);
      return href === undefined ? [] : [html`<a href="${href}" rel="noreferrer">${name}</a> `];
    });
}
