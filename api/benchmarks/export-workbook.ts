import { defineBenchmark } from '../benchmark.ts';
import * as ops from '../operations/ops.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'export four weeks as a workbook',
  about: 'a spreadsheet of all people and half-days',
  roles: ['admin'],
  async prepare({ api, data }) {
    const query = daysAhead(data, 28);
    return { run: () => api.request(ops.exportSchedule, { query }) };
  },
});
