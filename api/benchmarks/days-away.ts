import { defineBenchmark } from '../benchmark.ts';
import * as compliance from '../operations/compliance.ts';

export default defineBenchmark({
  name: 'list days away of all residents',
  about: 'one sum per resident',
  async prepare({ api }) {
    return { run: () => api.request(compliance.awayFromProgram) };
  },
});
