import { defineBenchmark } from '../benchmark.ts';
import * as people from '../operations/people.ts';

const COUNT = 50;

export default defineBenchmark({
  name: 'insert 50 people',
  about: 'a batch of 50 people, removed again each time',
  changes: ['people'],
  async prepare({ api, data, change }) {
    const own = async () => {
      const { data: all } = await api.request(people.list, { cleanup: true });
      return all.items.filter(({ name }) => name.includes(data.prefix)).map(({ id }) => id);
    };
    const remove = async () => {
      const ids = await own();
      for (let from = 0; from < ids.length; from += 100)
        await api.request(people.removeBatch, {
          body: { person_ids: ids.slice(from, from + 100) },
          cleanup: true,
        });
    };
    change({ what: 'people', name: data.prefix, undo: remove });
    return {
      run: () => {
        const body = Array.from({ length: COUNT }, () => {
          const { name, email, pgyLevel } = data.person();
          return { name, email, type: 'resident' as const, pgy_level: pgyLevel };
        });
        return api.request(people.createBatch, { body: { people: body } });
      },
      after: remove,
    };
  },
});
