/** A table as all sections use it: captioned, scrolling in its own box, numbers to the right. */
import { thousands } from '../format.ts';
import { type Html, html } from './html.ts';

export interface Column<Row> {
  heading: string;
  /** Numbers are set to the right, in figures of equal width. */
  numeric?: boolean;
  /** The row's name: a header cell. The first such column only. */
  isName?: boolean;
  /** What the heading means, where it is short. */
  title?: string;
  cell(row: Row): Html | string | number | undefined;
}

/** Rows that are seen at once; the others are opened. */
const SHOWN_AT_ONCE = 20;
/** More would make the page slow to open; names are bounded (read/bounded-names.ts), limits on them are not. */
const MOST_ROWS = 300;

/** 20 rows, then those up to the 300th in a part that is opened, then how many more there are. */
export function table<Row>(
  caption: string,
  columns: Array<Column<Row>>,
  rows: readonly Row[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="empty">${empty}</p>`;
  const further = rows.slice(SHOWN_AT_ONCE, MOST_ROWS);
  return html`${oneTable(caption, columns, rows.slice(0, SHOWN_AT_ONCE))}${
    further.length > 0 &&
    html`<details class="more"><summary>… ${thousands(rows.length - SHOWN_AT_ONCE)} more</summary>${oneTable(`${caption}, further rows`, columns, further)}</details>`
  }${rows.length > MOST_ROWS && html`<p class="note">… and ${thousands(rows.length - MOST_ROWS)} more; summary.json has all.</p>`}`;
}

/** All rows at once. */
export function oneTable<Row>(caption: string, columns: Array<Column<Row>>, rows: readonly Row[]): Html {
  // Scrollable boxes must be reachable by keyboard: https://www.w3.org/WAI/WCAG22/Understanding/keyboard
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
<table>
<caption>${caption}</caption>
<thead><tr>${columns.map(
    (column) =>
      html`<th scope="col"${column.numeric ? html` class="num"` : ''}>${
        column.title ? html`<abbr title="${column.title}">${column.heading}</abbr>` : column.heading
      }</th>`,
  )}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column) => cell(column, row))}</tr>\n`)}</tbody>
</table></div>`;
}

function cell<Row>(column: Column<Row>, row: Row): Html {
  const content = column.cell(row);
  if (column.isName) return html`<th scope="row">${content}</th>`;
  return column.numeric ? html`<td class="num">${content}</td>` : html`<td>${content}</td>`;
}
