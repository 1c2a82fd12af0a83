import { defineHttpJourney } from '../journey.ts';
import * as assignments from '../operations/assignments.ts';
import * as me from '../operations/me.ts';
import { myPerson } from './parts/my-person.ts';
import { byTimetable } from './parts/timetable.ts';

/** Of one session. The profile throughput has two of them. */
const PER_SECOND = 6.5;

export default defineHttpJourney({
  name: 'send complex reads at fixed rate over HTTP',
  role: 'resident',
  weight: 1,
  changes: [],
  onlyNamed: true,
  once: true,
  async run(tools) {
    const { api, data } = tools;
    const { id } = await myPerson(api);
    const month = data.range(28);
    const query = { start_date: month.start, end_date: month.end, person_id: id, page_size: 100 };
    const reads = [
      (due: number) => api.request(me.dashboard, { query: { days_ahead: 30 }, due, mayFail: true }),
      (due: number) => api.request(assignments.list, { query, due, mayFail: true }),
      (due: number) =>
        api.request(assignments.dailyManifest, { query: { date: data.today }, due, mayFail: true }),
    ];
    await byTimetable(tools, PER_SECOND, async (index, due) => reads[index % reads.length]?.(due));
  },
});
