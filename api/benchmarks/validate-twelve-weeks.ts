import { defineBenchmark } from '../benchmark.ts';
import * as schedule from '../operations/schedule.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'validate twelve weeks',
  about: 'the same over three times as many days',
  async prepare({ api, data }) {
    const query = daysAhead(data, 84);
    return { run: () => api.request(schedule.validate, { query }) };
  },
});
