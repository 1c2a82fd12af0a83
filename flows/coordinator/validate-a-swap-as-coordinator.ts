import { defineJourney } from '../journey.ts';
import { validateASwap } from '../parts/validate-a-swap.ts';

export default defineJourney({
  name: 'validate a swap as coordinator',
  role: 'coordinator',
  weight: 20,
  changes: [],
  run: (tools) => validateASwap(tools, 'Scoped Changes'),
});
