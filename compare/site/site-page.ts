/** The frame of the site's pages: links between them are relative, so that any host and a folder on a disk will do. */
import { verdictBadge } from '../../analysis/report/badge.ts';
import { type Html, html } from '../../analysis/report/html.ts';
import { page } from '../../analysis/report/page.ts';
import { VERDICT_WORDS } from '../../analysis/text/verdict-words.ts';
import type { RunFigures } from '../run-figures.ts';

/** From a page of a run, or of a profile, to the folder of the site. */
export const UP_FROM_RUN = '../../../';
export const UP_FROM_PROFILE = '../../';

const STYLE = `
.crumbs{margin:1rem 0 0;font-size:.875rem}
.tiles .tile .value{font-size:1.1rem}
.filters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end;margin:0 0 .75rem}
.filters[hidden]{display:none}
.filters label{display:flex;flex-direction:column;font-size:.8125rem;color:var(--dim)}
.filters select,.filters input{font:inherit;font-size:.9375rem;color:var(--text);background:var(--bg);border:1px solid var(--dim);border-radius:6px;padding:.25rem .4rem;max-width:14rem}
.filters output{font-size:.875rem;color:var(--dim);padding-bottom:.35rem}
tbody th{position:sticky;left:0;background:var(--bg)}
@media (max-width:560px){tbody th{min-width:7.5rem;max-width:9.5rem}.filters label{flex:1 1 9rem}.filters select,.filters input{max-width:100%}}
.fails{color:var(--bad);font-weight:600}.some{color:var(--warn);font-weight:600}.works{color:var(--good)}
td .since{white-space:nowrap}
.version{display:block;min-width:6rem;overflow-wrap:anywhere}
@media print{.filters{display:none}.weeks th:nth-child(n+10),.weeks td:nth-child(n+10){display:none}.weeks.many::after{content:"Paper has the newest eight weeks.";font-size:.875rem;color:var(--dim)}tbody th{position:static}}
`;

export interface SitePage {
  title: string;
  /** To the folder of the site: '' from its first page. */
  up: string;
  main: Html;
  script?: string;
}

export function sitePage({ title, up, main, script }: SitePage): string {
  return page({
    title,
    head: 'Residency Scheduler load and browser performance · all runs',
    main: html`${up !== '' && html`<p class="crumbs"><a href="${up}index.html">All runs</a></p>\n`}${main}`,
    foot: html`Made by <code>npx loadtest site</code> from the history of runs; docs/site.md explains each part.`,
    script,
    style: STYLE,
  });
}

/** Of a run as a file has it: another suite may know other verdicts. */
export function runBadge({ verdict }: Pick<RunFigures, 'verdict'>): Html {
  return verdict in VERDICT_WORDS ? verdictBadge(verdict) : html`<span class="badge">${verdict}</span>`;
}

/** Of the box around a headline. */
export function boxClass({ verdict }: Pick<RunFigures, 'verdict'>): string {
  return verdict in VERDICT_WORDS ? verdict : '';
}

/** What a run comes to, in a sentence; an older suite kept none. */
export function runHeadline({ conclusion }: RunFigures): string {
  return conclusion?.headline ?? '';
}

export function section(id: string, title: string, content: Html): Html {
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}</section>
`;
}
