import { moment, NONE, quantity } from '../../analysis/format.ts';
import { textTable } from '../../analysis/text/text-table.ts';
import { baselinePath, COMPLETE, readBaseline } from '../../compare/baseline-file.ts';
import { readEnvironment } from '../../config/environment.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { visible } from '../../config/visible-text.ts';

export function showBaseline(named: string): number {
  const file = baselinePath(named, readEnvironment().reportsDir);
  const { runs, environment, profile } = readBaseline(file);
  const lacking = COMPLETE - runs.length;
  const print = (line = '') => console.log(visible(line));
  print(
    `${file}: ${profile} on ${environment}, ${runs.length} runs${lacking > 0 ? ` (complete from ${COMPLETE} on)` : ''}`,
  );
  print();
  const facts = runs.map(({ id, start, verdict, commit, targetVersion, note }) => [
    id,
    moment(start),
    verdict,
    commit ?? NONE,
    targetVersion ?? NONE,
    note ?? '',
  ]);
  for (const line of textTable([['run', 'begun', 'verdict', 'suite', 'target', 'note'], ...facts]))
    print(line);
  for (const { id, forced } of runs) if (forced) print(`${id}: added by force (${forced.join('; ')})`);
  print();
  const metrics = [...new Set(runs.flatMap(({ primary }) => primary.map(({ metric }) => metric)))];
  const figures = metrics.map((metric) => [
    metric,
    ...runs.map(({ primary }) => {
      const one = primary.find((candidate) => candidate.metric === metric);
      return one ? quantity(one.value, one.unit) : NONE;
    }),
  ]);
  const numbers = runs.map((_, index) => `run ${index + 1}`);
  for (const line of textTable(
    [['primary figure', ...numbers], ...figures],
    numbers.map((_, at) => at + 1),
  ))
    print(line);
  return PASSED;
}
