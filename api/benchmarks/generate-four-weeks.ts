import { defineBenchmark } from '../benchmark.ts';
import { draftOfWeeks } from './parts/draft.ts';

export default defineBenchmark({
  name: 'generate four weeks',
  about: 'the solver, a medium range; the draft is discarded each time',
  changes: ['drafts'],
  prepare: (tools) => draftOfWeeks(tools, 4),
});
