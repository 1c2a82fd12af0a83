import { defineBenchmark } from '../benchmark.ts';
import * as assignments from '../operations/assignments.ts';

const PAGE = 100;

export default defineBenchmark({
  name: 'read the last page of assignments',
  about: 'a page that a database has to walk to',
  async prepare({ api }) {
    const { data: first } = await api.request(assignments.list, { query: { page_size: PAGE } });
    const query = { page: Math.max(1, Math.ceil(first.total / PAGE)), page_size: PAGE };
    return { run: () => api.request(assignments.list, { query }) };
  },
});
