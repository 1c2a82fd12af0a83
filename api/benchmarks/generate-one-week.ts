import { defineBenchmark } from '../benchmark.ts';
import { draftOfWeeks } from './parts/draft.ts';

export default defineBenchmark({
  name: 'generate one week',
  about: 'the solver, a small range; the draft is discarded each time',
  changes: ['drafts'],
  prepare: (tools) => draftOfWeeks(tools, 1),
});
