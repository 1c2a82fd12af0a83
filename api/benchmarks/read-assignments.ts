import { defineBenchmark } from '../benchmark.ts';
import * as assignments from '../operations/assignments.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'read four weeks of assignments',
  about: 'a large answer in one page of up to 5 000',
  async prepare({ api, data }) {
    const query = { ...daysAhead(data, 28), page_size: 5000 };
    return { run: () => api.request(assignments.list, { query }) };
  },
});
