import { defineBenchmark } from '../benchmark.ts';
import * as compliance from '../operations/compliance.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'audit fairness',
  about: 'statistics of calls, weeks and clinics over all faculty',
  async prepare({ api, data }) {
    const query = daysAhead(data, 84);
    return { run: () => api.request(compliance.fairnessAudit, { query }) };
  },
});
