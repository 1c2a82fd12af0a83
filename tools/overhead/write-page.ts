import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { withSection } from '../../analysis/text/markdown-section.ts';
import { ROOT } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { type Part, table } from './figures.ts';

const PAGE = join(ROOT, 'docs/cost.md');

/**
 * Puts a part's table between its two marks in docs/cost.md. The machine is named by its cores only.
 * @throws ConfigError when the marks are gone
 */
export function writePage(part: Part, day: Date, page = PAGE): void {
  const [begin, end] = [`<!-- bench ${part.name} -->`, `<!-- /bench ${part.name} -->`];
  const date = day.toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
  const told = [`${part.how.join('\n')}`, `${os.availableParallelism()} cores, ${date}.`, table(part)].join(
    '\n\n',
  );
  const written = withSection(readFileSync(page, 'utf8'), begin, end, told);
  if (written === undefined)
    throw new ConfigError(`docs/cost.md: no place for the table; put back the lines ${begin} and ${end}`);
  writeFileSync(page, written);
}
