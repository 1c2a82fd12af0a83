import { defineBenchmark } from '../benchmark.ts';
import * as ops from '../operations/ops.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'analyze conflicts of four weeks',
  about: 'overlaps and all rules over all people',
  async prepare({ api, data }) {
    const query = daysAhead(data, 28);
    return { run: () => api.request(ops.analyzeConflicts, { query }) };
  },
});
