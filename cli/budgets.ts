/** `npx loadtest budgets`: what kept runs say of budgets. */
import { command, type Group } from '../config/command-line/definition.ts';

const budgets: Group = {
  commands: {
    suggest: {
      about: 'propose budgets from kept runs, and name those that are broken',
      ...command({
        argument: ['<run...>', 'run directories, or their names'],
        options: {},
        details: `Prints each budget of the runs' environment (config/budgets.yml) with the highest figure of the runs, broken ones first, and what
it could be; then lines to paste for pages that have no budget of their size and elements. The spread between the runs decides the headroom:
the upper end of the interval that predicts the next run, a tenth above the highest at least; with fewer than three runs a quarter above it.`,
        examples: [
          'npx loadtest budgets suggest reports/runs/2026-11-2*-perf',
          'npx loadtest budgets suggest first second third',
        ],
        exits: {
          passed: 'no budget is broken',
          failed: 'a budget is broken by one of the runs',
          wrongUse: true,
        },
        run: async (_, runs) => (await import('./budgets/suggest.ts')).printSuggestions(runs),
      }),
    },
  },
};

export default budgets;
