/**
 * The report's script: the functions below as source text in one scope, as they are written. It adds to what is drawn and
 * hides nothing: a server whose policy blocks it shows the same report.
 */
import { made, say } from './added-by-script.ts';
import {
  addSorting,
  asText,
  copied,
  filterRows,
  gridOf,
  numberIn,
  place,
  plainText,
  sortRows,
  startTables,
  tableTools,
} from './table-tools.ts';

const SHARED = [made, say];
const TABLES = [
  ...[startTables, gridOf, tableTools, addSorting, sortRows, filterRows, place],
  ...[asText, copied, plainText, numberIn],
];

export const PAGE_SCRIPT = `(() => {
'use strict';
${[...SHARED, ...TABLES].map(String).join('\n')}
startTables();
})();`;
