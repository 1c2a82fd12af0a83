import { defineBenchmark } from '../benchmark.ts';
import * as schedule from '../operations/schedule.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'validate four weeks',
  about: 'the three rules (80 hours, 1-in-7, supervision) over all residents',
  async prepare({ api, data }) {
    const query = daysAhead(data, 28);
    return { run: () => api.request(schedule.validate, { query }) };
  },
});
