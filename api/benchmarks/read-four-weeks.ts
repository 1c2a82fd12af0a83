import { defineBenchmark } from '../benchmark.ts';
import * as schedule from '../operations/schedule.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'read the schedule of four weeks',
  about: 'the largest answer of the API, names and all',
  async prepare({ api, data }) {
    const { start_date: start, end_date: end } = daysAhead(data, 28);
    return { run: () => api.request(schedule.range, { params: { start, end } }) };
  },
});
