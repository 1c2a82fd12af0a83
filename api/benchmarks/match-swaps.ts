import { defineBenchmark } from '../benchmark.ts';
import * as people from '../operations/people.ts';
import * as schedule from '../operations/schedule.ts';

export default defineBenchmark({
  name: 'match swap candidates',
  about: 'who could take an assignment, the best matches first',
  async prepare({ api }) {
    const { data: faculty } = await api.request(people.faculty);
    const [person] = faculty.items;
    if (!person) return 'the target has no faculty';
    const body = { person_id: person.id, max_candidates: 50 };
    return { run: () => api.request(schedule.swapCandidates, { body }) };
  },
});
