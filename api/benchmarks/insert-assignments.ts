import { addDays, FROZEN_DAYS } from '../../fixtures/data/dates.ts';
import { defineBenchmark } from '../benchmark.ts';
import * as assignments from '../operations/assignments.ts';
import * as batch from '../operations/batch.ts';
import * as blocks from '../operations/blocks.ts';
import * as people from '../operations/people.ts';

const COUNT = 100;
const DAYS = 84;

export default defineBenchmark({
  name: 'insert 100 assignments',
  about: 'a batch of 100 assignments without validation, removed again each time',
  changes: ['assignments'],
  async prepare({ api, data, change }) {
    const query = { start_date: addDays(data.today, FROZEN_DAYS), end_date: addDays(data.today, DAYS) };
    const { data: residents } = await api.request(people.residents);
    const { data: calendar } = await api.request(blocks.list, { query });
    const free: Array<{ person: string; block: string }> = [];
    for (const { id: person } of residents.items) {
      if (free.length >= COUNT) break;
      const own = { ...query, person_id: person, page_size: 500 };
      const { data: planned } = await api.request(assignments.list, { query: own });
      const busy = new Set(planned.items.map(({ block_id }) => block_id));
      free.push(
        ...calendar.items.filter(({ id }) => !busy.has(id)).map(({ id: block }) => ({ person, block })),
      );
    }
    const places = free.slice(0, COUNT);
    if (places.length < COUNT) return `only ${places.length} half-days of residents are free`;
    const persons = [...new Set(places.map(({ person }) => person))];
    const remove = async () => {
      for (const person of persons) {
        const own = { ...query, person_id: person, page_size: 500 };
        const { data: planned } = await api.request(assignments.list, { query: own, cleanup: true });
        const ids = planned.items.filter(({ notes }) => notes?.startsWith(data.prefix)).map(({ id }) => id);
        if (ids.length === 0) continue;
        const body = { assignments: ids.map((id) => ({ assignment_id: id })) };
        await api.request(batch.remove, { body, cleanup: true });
      }
    };
    change({ what: 'assignments', name: data.prefix, undo: remove });
    return {
      run: () =>
        api.request(batch.create, {
          body: {
            assignments: places.map(({ person, block }) => data.assignment(person, block)),
            validate_acgme: false,
          },
        }),
      after: remove,
    };
  },
});
