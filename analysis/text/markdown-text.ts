/** Parts of GitHub-flavoured Markdown. */
import { visible } from '../../config/visible-text.ts';

/** A heading that begins with `>` aligns its column to the right. Nothing at all when there are no rows. */
export function section(title: string, headings: string[], rows: string[][]): string {
  if (rows.length === 0) return '';
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const names = headings.map((heading) => heading.replace(/^>/, ''));
  const rules = headings.map((heading) => (heading.startsWith('>') ? '---:' : '---'));
  return [`### ${title}`, '', line(names), line(rules), ...rows.map(line)].join('\n');
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
