import { defineBenchmark } from '../benchmark.ts';
import * as swaps from '../operations/swaps.ts';

export default defineBenchmark({
  name: 'list swaps',
  about: 'a page of the history',
  async prepare({ api }) {
    return { run: () => api.request(swaps.history) };
  },
});
