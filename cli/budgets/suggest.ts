import { quantity } from '../../analysis/format.ts';
import { textTable } from '../../analysis/text/text-table.ts';
import {
  budgetsYaml,
  FEWEST_RUNS,
  limitText,
  type Suggestion,
  suggestBudgets,
} from '../../compare/budget-suggestion.ts';
import { concludedRun, runDirectory } from '../../compare/concluded-run.ts';
import { budgetsFor, budgetsOfProfile, loadBudgets } from '../../config/budgets.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';

/** @throws {ConfigError} one line: a run that cannot be used, or runs of several environments */
export function printSuggestions(named: readonly string[]): number {
  const { reportsDir } = readEnvironment();
  const directories = [...new Set(named.map((one) => runDirectory(one, reportsDir)))];
  const runs = directories.map((directory) => concludedRun(directory).summary);
  const environments = [...new Set(runs.map(({ run }) => run.target.environment))];
  const [environment = '', other] = environments;
  if (other !== undefined)
    throw new ConfigError(
      `the runs are of several environments (${environments.join(', ')}). Name runs of one: each has budgets of its own.`,
    );
  const suggestions = suggestBudgets(runs, budgetsOfProfile(budgetsFor(loadBudgets(), environment), false));
  const set = suggestions.filter(({ budget }) => budget);
  const broken = set.filter(({ isBroken }) => isBroken);
  console.log(
    `${set.length} budgets of ${environment} have a figure in ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}, ${broken.length} are broken.`,
  );
  if (runs.length < FEWEST_RUNS)
    console.log(
      `Fewer than ${FEWEST_RUNS} runs say nothing of the spread between them: headroom is a quarter.`,
    );
  if (set.length > 0) {
    const first = [...broken, ...set.filter(({ isBroken }) => !isBroken)];
    const rows = [['budget', 'highest', 'limit', 'suggested', '', 'set in'], ...first.map(row)];
    for (const line of ['', ...textTable(rows, [1, 2, 3])]) console.log(line);
  }
  const yaml = budgetsYaml(environment, suggestions);
  if (yaml.length > 0) {
    console.log('\nPages without a budget. Merge these lines into config/budgets.yml:\n');
    for (const line of yaml) console.log(line);
  }
  return broken.length > 0 ? FAILED : PASSED;
}

function row({ expression, highest, unit, budget, isBroken, ...rest }: Suggestion): string[] {
  const suggested = limitText({ ...rest, unit });
  const state = isBroken ? 'broken' : '';
  return [
    expression,
    quantity(highest, unit),
    quantity(budget?.limit, unit),
    suggested,
    state,
    budget?.where ?? '',
  ];
}
