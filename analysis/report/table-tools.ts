/**
 * Tables by script: sorted by a heading, filtered by words, copied. Without it they are as they were written. The functions
 * run in the page (added-by-script.ts).
 */
import { made, say } from './added-by-script.ts';

/** A table and what of it stands in a part that is opened, as one. */
interface Grid {
  caption: string;
  tables: HTMLTableElement[];
  /** In their order, hidden ones too. */
  rows: HTMLTableRowElement[];
  /** Rows of the first table; the others are in `more`. */
  atOnce: number;
  more?: HTMLDetailsElement;
  /** What `more` says of itself when nothing is filtered. */
  moreText: string;
}

export function startTables(): void {
  for (const box of document.querySelectorAll<HTMLElement>('main .scroll')) {
    const table = box.querySelector('table');
    if (!table || box.closest('details.more')) continue;
    const grid = gridOf(box, table);
    box.before(tableTools(grid));
    if (grid.rows.length > 1) addSorting(grid);
  }
}

export function gridOf(box: HTMLElement, table: HTMLTableElement): Grid {
  const next = box.nextElementSibling;
  const more = next instanceof HTMLDetailsElement && next.matches('.more') ? next : undefined;
  const tables = [table, ...(more?.querySelectorAll('table') ?? [])];
  const rows = tables.flatMap((one) => [...(one.tBodies[0]?.rows ?? [])]);
  const moreText = more?.querySelector('summary')?.textContent ?? '';
  return {
    ...{ caption: table.caption?.textContent ?? '', tables, rows, more, moreText },
    atOnce: table.tBodies[0]?.rows.length ?? 0,
  };
}

/** Above the table: a filter where there is much to look through, and a button that copies. */
export function tableTools(grid: Grid): HTMLElement {
  const tools = made('div', { className: 'tools' });
  const filterFrom = 10;
  if (grid.rows.length > filterFrom) {
    const count = made('span', {});
    const words = made('input', { type: 'search', autocomplete: 'off' });
    words.addEventListener('input', () => {
      const shown = filterRows(grid, words.value);
      count.textContent = words.value.trim() === '' ? '' : `${shown} of ${grid.rows.length} rows`;
      say(count.textContent);
    });
    const unseen = made('span', { className: 'unseen' }, ` ${grid.caption}`);
    tools.append(made('label', {}, made('span', {}, 'Filter', unseen), words), count);
  }
  const unseen = made('span', { className: 'unseen' }, ` ${grid.caption}`);
  const button = made('button', { type: 'button' }, 'Copy', unseen);
  const done = made('span', {});
  button.addEventListener('click', async () => {
    const isCopied = await copied(asText(grid));
    done.textContent = isCopied ? 'Copied, to be pasted into a spreadsheet' : 'The browser refused to copy';
    say(done.textContent);
  });
  tools.append(button, done);
  return tools;
}

export function addSorting(grid: Grid): void {
  for (const table of grid.tables)
    [...(table.tHead?.rows[0]?.cells ?? [])].forEach((head, column) => {
      const button = made('button', { type: 'button', className: 'sort' }, ...head.childNodes);
      button.addEventListener('click', () => sortRows(grid, column));
      head.append(button);
    });
}

/** Numbers from the largest, text from A; once more: the other way round. What has no value comes last either way. */
export function sortRows(grid: Grid, column: number): void {
  const heads = grid.tables.map((table) => [...(table.tHead?.rows[0]?.cells ?? [])]);
  const head = heads[0]?.[column];
  const isNumeric = head?.matches('.num') ?? false;
  const first = isNumeric ? 'descending' : 'ascending';
  const other = isNumeric ? 'ascending' : 'descending';
  const order = head?.getAttribute('aria-sort') === first ? other : first;
  for (const cells of heads) {
    for (const cell of cells) cell.removeAttribute('aria-sort');
    cells[column]?.setAttribute('aria-sort', order);
  }
  const sign = order === 'ascending' ? 1 : -1;
  const { compare } = new Intl.Collator('en', { numeric: true });
  const keyed = grid.rows.map((row) => {
    const text = plainText(row.cells[column]);
    return { row, text, value: isNumeric ? numberIn(text) : 0, isNone: text === '' || text === '–' };
  });
  keyed.sort((a, b) => {
    const aIsNone = a.isNone || Number.isNaN(a.value);
    const bIsNone = b.isNone || Number.isNaN(b.value);
    if (aIsNone || bIsNone) return Number(aIsNone) - Number(bIsNone);
    return sign * (isNumeric ? a.value - b.value : compare(a.text, b.text));
  });
  grid.rows = keyed.map(({ row }) => row);
  place(grid);
}

/** Rows that have all the words; gives how many. */
export function filterRows(grid: Grid, words: string): number {
  const all = words.toLowerCase().trim().split(/\s+/);
  for (const row of grid.rows) {
    const text = [...row.cells].map(plainText).join(' ').toLowerCase();
    row.hidden = !all.every((word) => text.includes(word));
  }
  place(grid);
  return grid.rows.filter((row) => !row.hidden).length;
}

/** The first rows that are shown stand in the first table, whichever they are. */
export function place({ rows, tables, atOnce, more, moreText }: Grid): void {
  const shown = rows.filter((row) => !row.hidden);
  const inOrder = [...shown, ...rows.filter((row) => row.hidden)];
  tables[0]?.tBodies[0]?.append(...inOrder.slice(0, atOnce));
  tables[1]?.tBodies[0]?.append(...inOrder.slice(atOnce));
  const summary = more?.querySelector('summary');
  if (!more || !summary) return;
  more.hidden = shown.length <= atOnce;
  summary.textContent = shown.length === rows.length ? moreText : `… ${shown.length - atOnce} more`;
}

/** Headings and the rows that are shown, separated by tabs. */
export function asText({ tables, rows }: Grid): string {
  const head = tables[0]?.tHead?.rows[0];
  return [...(head ? [head] : []), ...rows.filter((row) => !row.hidden)]
    .map((row) =>
      [...row.cells]
        .map((cell) => {
          const text = plainText(cell);
          // A spreadsheet runs what begins like a formula, and names and messages are not the suite's own.
          return !cell.matches('.num') && /^[=+@-]/.test(text) ? `'${text}` : text;
        })
        .join('\t'),
    )
    .join('\n');
}

export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Missing in a page that came from a disk or over plain HTTP, or not allowed: the way of before.
    const area = made('textarea', { value: text, className: 'unseen' });
    const before = document.activeElement;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    if (before instanceof HTMLElement) before.focus();
    return isCopied;
  }
}

/** What stands in a cell, its small print after a space; numbers without spaces between thousands. */
export function plainText(cell: Element | undefined): string {
  const texts: string[] = [];
  const walker = cell && document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  while (walker?.nextNode()) texts.push(walker.currentNode.nodeValue ?? '');
  return texts
    .join(' ')
    .replace(/(\d)\u202f(?=\d)/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:)])/g, '$1')
    .trim();
}

/** The first number of a text, by its unit: 1.2 s is more than 900 ms, 2 min 5 s more than 2 min. NaN: there is none. */
export function numberIn(text: string): number {
  const scale: Record<string, number> = { h: 3.6e6, min: 6e4, s: 1e3, kB: 1e3, MB: 1e6 };
  const [first, second] = text.matchAll(/([+-]?\d+(?:\.\d+)?)(?: (h|min|s|kB|MB)(?![a-z]))?/g);
  const size = (found?: RegExpExecArray) => Number(found?.[1] ?? Number.NaN) * (scale[found?.[2] ?? ''] ?? 1);
  const isTwoParts = /^(h|min)$/.test(first?.[2] ?? '') && /^(min|s)$/.test(second?.[2] ?? '');
  return size(first) + (isTwoParts ? size(second) : 0);
}
