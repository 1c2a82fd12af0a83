/** What audits found over all pages: what would save time, and which rules of accessibility are broken. */
import { milliseconds, NONE, quantity, thousands } from '../format.ts';
import type { AuditSummary } from '../summary/summary.ts';
import { type Html, html } from './html.ts';
import { table } from './table.ts';

interface Saved {
  title: string;
  ms: number;
  bytes: number;
  pages: string[];
}

/** The most time over all pages first. Times of several pages are added up: each of their users would save them. */
export function opportunitiesTable(audits: readonly AuditSummary[]): Html {
  const all = new Map<string, Saved>();
  for (const { name, concluded } of audits)
    for (const { id, title, ms, bytes } of concluded?.opportunities ?? []) {
      const saved = all.get(id) ?? { title, ms: 0, bytes: 0, pages: [] };
      all.set(id, { ...saved, ms: saved.ms + ms, bytes: saved.bytes + bytes, pages: [...saved.pages, name] });
    }
  const rows = [...all.values()].sort((a, b) => b.ms - a.ms || b.bytes - a.bytes);
  return html`<h3>Opportunities</h3>
<p>What Lighthouse estimates would be saved, added up over the audits that have it.</p>
${table<Saved>(
  'Opportunities by the time that they save',
  [
    { heading: 'Opportunity', isName: true, cell: ({ title }) => withCode(title) },
    { heading: 'saves', numeric: true, cell: ({ ms }) => (ms > 0 ? milliseconds(ms) : NONE) },
    { heading: 'bytes', numeric: true, cell: ({ bytes }) => (bytes > 0 ? quantity(bytes, 'B') : NONE) },
    { heading: 'audits', numeric: true, cell: ({ pages }) => thousands(pages.length) },
    { heading: 'where', cell: ({ pages }) => html`<span class="where">${firstOf(pages)}</span>` },
  ],
  rows,
  'Lighthouse found nothing that would save time or bytes.',
)}`;
}

export function accessibilityTable(audits: readonly AuditSummary[]): Html {
  const rows = audits.flatMap(({ name, concluded }) =>
    (concluded?.accessibility ?? []).map((finding) => ({ name, ...finding })),
  );
  return html`<h3>Accessibility</h3>
${table(
  'Rules of accessibility that are broken, by page',
  [
    { heading: 'Audit', isName: true, cell: ({ name }) => name },
    { heading: 'rule', cell: ({ title }) => html`<span class="message">${withCode(title)}</span>` },
    { heading: 'elements', numeric: true, cell: ({ elements }) => thousands(elements) },
    { heading: 'one of them', cell: ({ example }) => (example ? html`<code>${example}</code>` : NONE) },
  ],
  rows,
  'No rule is broken that Lighthouse can check.',
)}`;
}

/** Lighthouse writes elements between backticks. */
function withCode(title: string): Html {
  return html`${title.split('`').map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

const MOST_NAMED = 4;

function firstOf(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(', ')}${more > 0 ? `, and ${more} more` : ''}`;
}
