import type { AccountsWanted } from '../../runner/open-run.ts';
import { checkAccountNumbers, checkEmbeddedNumbers } from './accounts-needed.ts';
import type { Plan } from './plan.ts';

/** What a profile wants of its accounts, or several that are run at once. `uses`: how many of each role at most. */
export function accountsWanted(plans: Plan | readonly Plan[], uses: AccountsWanted['uses']): AccountsWanted {
  return {
    checkFile: (accounts, file) => checkAccountNumbers(plans, accounts, file),
    checkEmbedded: (accounts, dataSize) => checkEmbeddedNumbers(plans, accounts, dataSize),
    uses,
  };
}
