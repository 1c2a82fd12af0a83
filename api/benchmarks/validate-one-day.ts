import { defineBenchmark } from '../benchmark.ts';
import * as schedule from '../operations/schedule.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'validate one day',
  about: 'validation of a day, which is too short for the rules on hours',
  async prepare({ api, data }) {
    const query = daysAhead(data, 1);
    return { run: () => api.request(schedule.validate, { query }) };
  },
});
