import { defineBenchmark } from '../benchmark.ts';
import * as people from '../operations/people.ts';
import * as resilience from '../operations/resilience.ts';

export default defineBenchmark({
  name: 'simulate burnout spread',
  about: 'the reproduction number of burn-out among faculty',
  async prepare({ api }) {
    const { data: faculty } = await api.request(people.faculty);
    const [first] = faculty.items;
    if (!first) return 'the target has no faculty';
    const body = { burned_out_provider_ids: [first.id], time_window_days: 28 };
    return { run: () => api.request(resilience.burnout, { body }) };
  },
});
