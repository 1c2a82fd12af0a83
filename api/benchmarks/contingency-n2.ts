import { defineBenchmark } from '../benchmark.ts';
import * as resilience from '../operations/resilience.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'analyze N-2 contingency and centrality',
  about: 'pairs as well, and the network of who covers what',
  async prepare({ api, data }) {
    const query = daysAhead(data, 30);
    return { run: () => api.request(resilience.vulnerability, { query }) };
  },
});
