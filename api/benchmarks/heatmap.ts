import { defineBenchmark } from '../benchmark.ts';
import * as ops from '../operations/ops.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'draw a heatmap of four weeks',
  about: 'counts by person and day',
  async prepare({ api, data }) {
    const query = daysAhead(data, 28);
    return { run: () => api.request(ops.heatmap, { query }) };
  },
});
