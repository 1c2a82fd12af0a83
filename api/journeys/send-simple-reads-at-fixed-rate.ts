import { defineHttpJourney } from '../journey.ts';
import * as absences from '../operations/absences.ts';
import * as blocks from '../operations/blocks.ts';
import * as calls from '../operations/call-assignments.ts';
import * as rotations from '../operations/rotation-templates.ts';
import { byTimetable } from './parts/timetable.ts';

/** Of one session. The profile throughput has four of them. */
const PER_SECOND = 11.5;

export default defineHttpJourney({
  name: 'send simple reads at fixed rate over HTTP',
  role: 'resident',
  weight: 1,
  changes: [],
  onlyNamed: true,
  once: true,
  async run(tools) {
    const { api, data } = tools;
    const week = data.range(7);
    const days = { start_date: week.start, end_date: week.end };
    const reads = [
      (due: number) => api.request(blocks.list, { query: days, due, mayFail: true }),
      (due: number) => api.request(rotations.list, { due, mayFail: true }),
      (due: number) => api.request(absences.list, { query: { ...days, page_size: 20 }, due, mayFail: true }),
      (due: number) => api.request(calls.list, { query: { ...days, limit: 20 }, due, mayFail: true }),
    ];
    await byTimetable(tools, PER_SECOND, async (index, due) => reads[index % reads.length]?.(due));
  },
});
