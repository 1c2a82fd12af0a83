import { defineBenchmark } from '../benchmark.ts';
import * as resilience from '../operations/resilience.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'analyze N-1 contingency',
  about: 'whose loss the coverage of a month would not survive',
  async prepare({ api, data }) {
    const query = { ...daysAhead(data, 30), include_n2: false };
    return { run: () => api.request(resilience.vulnerability, { query }) };
  },
});
