import { defineBenchmark } from '../benchmark.ts';
import * as halfDays from '../operations/half-days.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'read four weeks of half-days',
  about: 'a large answer, one row a person and half-day',
  async prepare({ api, data }) {
    const query = daysAhead(data, 28);
    return { run: () => api.request(halfDays.list, { query }) };
  },
});
