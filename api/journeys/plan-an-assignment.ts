import { addDays, FROZEN_DAYS } from '../../fixtures/data/dates.ts';
import { type ApiJourneyTools, defineApiJourney } from '../journey.ts';
import * as assignments from '../operations/assignments.ts';
import * as batch from '../operations/batch.ts';
import * as blocks from '../operations/blocks.ts';
import * as people from '../operations/people.ts';

const DAYS = 56;

export default defineApiJourney({
  name: 'plan an assignment and take it back over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['assignments'],
  async run({ api, check, cutShort, data, think, change }) {
    const residents = await api.request(people.residents);
    const person = data.own(residents.data.items);
    if (!person) return cutShort('the target has no resident');
    const days = data.range(DAYS, FROZEN_DAYS);
    const range = { start_date: days.start, end_date: days.end };
    const calendar = await api.request(blocks.list, { query: range });
    const planned = await plannedFor(api, person.id, range);
    const busy = new Set(planned.map(({ block_id }) => block_id));
    const free = calendar.data.items.filter(({ id }) => !busy.has(id));
    const block = data.own(free);
    if (!block) return cutShort(`the resident is planned for every block until ${addDays(days.end, 1)}`);
    await think();

    const assignment = data.assignment(person.id, block.id);
    const remove = async (cleanup: boolean) => {
      const own = (await plannedFor(api, person.id, range, cleanup)).filter(
        ({ notes }) => notes === assignment.notes,
      );
      if (own.length === 0) return 0;
      const body = { assignments: own.map(({ id }) => ({ assignment_id: id })) };
      const { data: removed } = await api.request(batch.remove, { body, cleanup });
      return removed.succeeded;
    };
    const made = change({
      what: 'assignments',
      name: assignment.notes,
      undo: async () => void (await remove(true)),
    });
    const created = await api.request(batch.create, {
      body: { assignments: [assignment], validate_acgme: false },
    });
    const [result] = created.data.results;
    if (result?.assignment_id) made.at(`/assignments/${result.assignment_id}`);
    check('the assignment is planned', created.data.succeeded === 1, `status ${created.data.status}`);
    await think();
    check('the assignment is taken back', (await remove(false)) === 1);
    made.undone();
  },
});

async function plannedFor(
  api: ApiJourneyTools['api'],
  personId: string,
  range: { start_date: string; end_date: string },
  cleanup = false,
) {
  const query = { ...range, person_id: personId, page_size: 500 };
  const { data } = await api.request(assignments.list, { query, cleanup });
  return data.items;
}
