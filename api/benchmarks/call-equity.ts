import { defineBenchmark } from '../benchmark.ts';
import * as calls from '../operations/call-assignments.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'measure call equity',
  about: 'how calls fall on faculty, with their spread',
  async prepare({ api, data }) {
    const query = daysAhead(data, 84);
    return { run: () => api.request(calls.equity, { query }) };
  },
});
