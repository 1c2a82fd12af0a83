/** `npx loadtest budgets`: what kept runs say of budgets. */
import { command, type Group } from '../config/command-line/definition.ts';

const budgets: Group = {
  commands: {
    suggest: {
      about: 'propose budgets from kept runs, and list the budgets that are broken',
      ...command({
        argument: ['<run...>', 'run directories, or their names'],
        options: {},
        details: `Prints each budget of the runs' environment (config/budgets.yml), broken ones first, with the highest figure of the runs and a
proposal. Then it prints lines to paste for pages without a budget on size and elements. A proposal is the upper end of the
interval that predicts the next run, and at least a tenth above the highest figure; with fewer than three runs, a quarter
above it.`,
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
