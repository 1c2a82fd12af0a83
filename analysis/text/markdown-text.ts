/** Parts of GitHub-flavoured Markdown. */
import { visible } from '../../config/visible-text.ts';

const MOST_ROWS = 100;
const MOST_IN_CELL = 300;
/** A job's summary on GitHub has room for 1 MiB, and may have two runs in it. */
const MOST_BYTES = 480 * 1024;

/**
 * A heading that begins with `>` aligns its column to the right. Nothing at all when there are no rows; at most 100 of them,
 * then how many more there are.
 */
export function section(title: string, headings: string[], rows: string[][], most = MOST_ROWS): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const names = headings.map((heading) => heading.replace(/^>/, ''));
  const rules = headings.map((heading) => (heading.startsWith('>') ? '---:' : '---'));
  const shown = rows.slice(0, most).map((cells) => line(cells.map(inCell)));
  return [`### ${title}`, '', line(names), line(rules), ...shown, ...moreOf(rows, most)].join('\n');
}

/** A list of at most `most` entries, then how many more there are. */
export function list(entries: readonly string[], most: number): string {
  return [...entries.slice(0, most).map((entry) => `- ${entry}`), ...moreOf(entries, most)].join('\n');
}

function moreOf(all: readonly unknown[], most: number): string[] {
  return all.length > most ? ['', `… and ${all.length - most} more: summary.json has all.`] : [];
}

/** Cut before a character that is written as `&#42;`, not within it. */
function inCell(cell: string): string {
  return cell.length > MOST_IN_CELL ? `${cell.slice(0, MOST_IN_CELL).replace(/&[#\w]*$/, '')}…` : cell;
}

/** The page, or as many of its lines as there is room for. */
export function withinRoom(page: string): string {
  if (Buffer.byteLength(page) <= MOST_BYTES) return page;
  const cut = Buffer.from(page).subarray(0, MOST_BYTES).toString('utf8');
  return `${cut.slice(0, Math.max(cut.lastIndexOf('\n'), 0))}\n\n… cut here: index.html has all.\n`;
}

/** Text from the target: neither HTML nor Markdown nor the end of a table's cell. */
export function text(value: string): string {
  return visible(value)
    .replace(/\s+/g, ' ')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]|~#@]/g, (character) => `&#${character.charCodeAt(0)};`);
}
