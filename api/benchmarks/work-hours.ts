import { defineBenchmark } from '../benchmark.ts';
import * as compliance from '../operations/compliance.ts';
import * as people from '../operations/people.ts';
import { daysAhead } from './parts/range.ts';

export default defineBenchmark({
  name: 'read work hours of one resident',
  about: '80 hours and 1-in-7 of one resident in four weeks',
  async prepare({ api, data }) {
    const { data: residents } = await api.request(people.residents);
    const [resident] = residents.items;
    if (!resident) return 'the target has no resident';
    const { start_date, end_date } = daysAhead(data, 28);
    const body = { resident_id: resident.id, schedule_start: start_date, schedule_end: end_date };
    return { run: () => api.request(compliance.workHours, { params: { id: resident.id }, body }) };
  },
});
