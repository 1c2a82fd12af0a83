import { defineBenchmark } from '../benchmark.ts';
import * as resilience from '../operations/resilience.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'read resilience health',
  about: 'utilisation, defence level, N-1 and N-2 of a month',
  async prepare({ api, data }) {
    const query = { ...daysAhead(data, 30), persist: false };
    return { run: () => api.request(resilience.health, { query }) };
  },
});
