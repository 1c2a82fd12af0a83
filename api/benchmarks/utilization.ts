import { defineBenchmark } from '../benchmark.ts';
import * as resilience from '../operations/resilience.ts';

export default defineBenchmark({
  name: 'calculate utilization',
  about: 'a calculator without any data',
  async prepare({ api }) {
    const body = { available_faculty: 10, required_blocks: 16 };
    return { run: () => api.request(resilience.utilizationThreshold, { body }) };
  },
});
