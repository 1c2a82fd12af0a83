import { textTable } from '../../analysis/text/text-table.ts';
import {
  allBaselines,
  baselineName,
  baselinesFolder,
  COMPLETE,
  readBaseline,
} from '../../compare/baseline-file.ts';
import { readEnvironment } from '../../config/environment.ts';
import { PASSED } from '../../config/exit-codes.ts';

export function listBaselines(): number {
  const { reportsDir } = readEnvironment();
  const files = allBaselines(reportsDir);
  if (files.length === 0) {
    console.log(`${baselinesFolder(reportsDir)}: no baseline yet. \`npx loadtest baseline add\` begins one.`);
    return PASSED;
  }
  const rows = files.map((file) => {
    const { runs } = readBaseline(file);
    const days = runs.map(({ start }) => start.slice(0, 10)).sort();
    const state = runs.length < COMPLETE ? `${COMPLETE - runs.length} more to be complete` : 'complete';
    return [baselineName(file), String(runs.length), `${days[0]} to ${days.at(-1)}`, state];
  });
  for (const line of textTable([['baseline', 'runs', 'dates', ''], ...rows], [1])) console.log(line);
  return PASSED;
}
