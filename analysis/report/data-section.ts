import { DATA_COUNTS, type DataCount } from '../../measure/run/data-size.ts';
import { thousands } from '../format.ts';
import type { Summary } from '../summary/summary.ts';
import { COUNT_WORDS, unknownText } from '../text/data-size-text.ts';
import { html } from './html.ts';
import { type Part, part } from './part.ts';
import { table } from './table.ts';

/** Size of the data of the target before the run and after it. */
export function dataSection({ run, notes }: Summary): Part | '' {
  const { before, after } = run.dataSize ?? {};
  if (!before) return '';
  const grew = notes.find(({ code }) => code === 'data-grew');
  const unknown = [...new Set([before, after].flatMap((size) => (size ? [unknownText(size)] : [])))].filter(
    Boolean,
  );
  const known = DATA_COUNTS.filter((name) => before.counts[name] !== undefined);
  const cell = (count: number | undefined) => (count === undefined ? '–' : thousands(count));
  return part(
    'data',
    'Data of the target',
    html`${grew && html`<p>${grew.text}</p>`}
${unknown.map((text) => html`<p class="empty">${text}</p>`)}
${
  known.length > 0
    ? table<DataCount>(
        'Counts before the run and after it',
        [
          { heading: 'Data', isName: true, cell: (name) => COUNT_WORDS[name] },
          { heading: 'Before', numeric: true, cell: (name) => cell(before.counts[name]) },
          { heading: 'After', numeric: true, cell: (name) => cell(after?.counts[name]) },
          {
            heading: 'Change',
            numeric: true,
            cell: (name) => changeOf(before.counts[name], after?.counts[name]),
          },
        ],
        known,
        '',
      )
    : ''
}`,
  );
}

function changeOf(before: number | undefined, after: number | undefined): string {
  if (before === undefined || after === undefined) return '';
  const by = after - before;
  return by > 0 ? `+${thousands(by)}` : by < 0 ? `−${thousands(-by)}` : '0';
}
