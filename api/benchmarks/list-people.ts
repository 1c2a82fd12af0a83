import { defineBenchmark } from '../benchmark.ts';
import * as people from '../operations/people.ts';

export default defineBenchmark({
  name: 'list people',
  about: 'a plain list',
  async prepare({ api }) {
    return { run: () => api.request(people.list) };
  },
});
