import { addDays, mondayOf } from '../../fixtures/data/dates.ts';
import { defineBenchmark } from '../benchmark.ts';
import * as people from '../operations/people.ts';
import * as swaps from '../operations/swaps.ts';

export default defineBenchmark({
  name: 'validate a swap',
  about: 'may a colleague take a week',
  async prepare({ api, data }) {
    const { data: faculty } = await api.request(people.faculty);
    const [one, other] = faculty.items;
    if (!one || !other) return 'the target has no two faculty members';
    const body = {
      source_faculty_id: one.id,
      source_week: addDays(mondayOf(data.today), 35),
      target_faculty_id: other.id,
      swap_type: 'absorb' as const,
    };
    return { run: () => api.request(swaps.validate, { body }) };
  },
});
