import { defineJourney } from '../journey.ts';
import { validateASwap } from '../parts/validate-a-swap.ts';

export default defineJourney({
  name: 'validate a swap as admin',
  role: 'admin',
  weight: 10,
  changes: [],
  run: (tools) => validateASwap(tools, 'High Impact'),
});
