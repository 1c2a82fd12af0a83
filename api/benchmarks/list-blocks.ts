import { defineBenchmark } from '../benchmark.ts';
import * as blocks from '../operations/blocks.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'list four weeks of blocks',
  about: 'a plain list of a range',
  async prepare({ api, data }) {
    const query = daysAhead(data, 28);
    return { run: () => api.request(blocks.list, { query }) };
  },
});
