import type { DateRange } from '../../fixtures/data/dates.ts';
import { defineBenchmark } from '../benchmark.ts';
import * as schedule from '../operations/schedule.ts';
import { sevenDays } from './parts/weeks.ts';

export default defineBenchmark({
  name: 'read a week again',
  about: 'the same weeks, just after a first reading: what a cache makes of it, if there is one',
  async prepare(tools) {
    const weeks = await sevenDays(tools);
    if (weeks.length === 0) return 'the target has no blocks to come';
    const read = (round: number) =>
      tools.api.request(schedule.range, { params: weeks[round % weeks.length] as DateRange });
    return { before: read, run: read, most: weeks.length };
  },
});
