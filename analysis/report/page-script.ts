/**
 * The report's script: the functions below as source text in one scope, as they are written. It adds to what is drawn and
 * hides nothing: a server whose policy blocks it shows the same report.
 */
import { duration } from '../format.ts';
import { made, say } from './added-by-script.ts';
import { addCursor, momentText, plotOf, secondAt, setCursor, svgPart } from './chart-cursor.ts';
import { startCharts } from './chart-tools.ts';
import {
  addButtons,
  addDrag,
  addZoom,
  axis,
  drawing,
  mostTicks,
  phases,
  rangeText,
  setRange,
} from './chart-zoom.ts';
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
import { phaseClass, ticks } from './time-axis.ts';

const SHARED = [made, say];
const TABLES = [
  ...[startTables, gridOf, tableTools, addSorting, sortRows, filterRows, place],
  ...[asText, copied, plainText, numberIn],
];
const CHARTS = [
  ...[startCharts, plotOf, svgPart, addCursor, setCursor, secondAt, momentText, duration, ticks, phaseClass],
  ...[addZoom, addButtons, addDrag, setRange, rangeText, drawing, axis, phases, mostTicks],
];

export const PAGE_SCRIPT = `(() => {
'use strict';
${[...SHARED, ...TABLES, ...CHARTS].map(String).join('\n')}
startTables();
startCharts();
})();`;
