import { allOfAtLeastOne } from '../../measure/session/all-of-at-least-one.ts';
import { defineHttpJourney } from '../journey.ts';
import * as assignments from '../operations/assignments.ts';
import * as blocks from '../operations/blocks.ts';
import * as me from '../operations/me.ts';
import * as rotations from '../operations/rotation-templates.ts';
import { myPerson } from './parts/my-person.ts';

export default defineHttpJourney({
  name: 'read my schedule over HTTP',
  role: 'resident',
  weight: 6,
  changes: [],
  async run({ api, check, cutShort, data, think }) {
    await api.request(me.dashboard, { query: { days_ahead: 30 } });
    await think();

    const person = await myPerson(api);
    const { start, end } = data.range(28);
    const days = { start_date: start, end_date: end };
    const calendar = await api.request(blocks.list, { query: days });
    const mine = await api.request(assignments.list, {
      query: { ...days, person_id: person.id, page_size: 500 },
    });
    await api.request(rotations.list);
    check(
      'blocks lie in the requested range',
      allOfAtLeastOne(calendar.data.items, ({ date }) => date >= start && date <= end),
    );
    if (mine.data.items.length === 0)
      return cutShort({ code: 'nothing-assigned', text: 'nothing is assigned to this user in four weeks' });
    check(
      'assignments are my own',
      allOfAtLeastOne(mine.data.items, (assignment) => assignment.person_id === person.id),
    );
  },
});
