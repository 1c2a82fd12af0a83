import { textTable } from '../../analysis/text/text-table.ts';
import { historyFolder, profilesIn, runsOf } from '../../compare/history.ts';
import { readEnvironment } from '../../config/environment.ts';
import { PASSED } from '../../config/exit-codes.ts';

export function listHistory(): number {
  const store = historyFolder(readEnvironment().reportsDir);
  const rows = profilesIn(store).map(({ environment, profile }) => {
    const runs = runsOf(store, environment, profile);
    const day = (at: number) => runs.at(at)?.start.slice(0, 10);
    const versions = new Set(runs.map(({ targetVersion }) => targetVersion ?? 'not known'));
    return [
      `${environment}/${profile}`,
      String(runs.length),
      `${day(0)} to ${day(-1)}`,
      String(versions.size),
    ];
  });
  if (rows.length === 0) {
    console.log(`${store}: no run yet. \`npx loadtest history add\` adds one, \`history pull\` brings them.`);
    return PASSED;
  }
  const head = ['environment/profile', 'runs', 'dates', 'versions of the target'];
  for (const line of textTable([head, ...rows], [1, 3])) console.log(line);
  return PASSED;
}
