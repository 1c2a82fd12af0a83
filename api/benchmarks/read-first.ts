import type { DateRange } from '../../fixtures/data/dates.ts';
import { defineBenchmark } from '../benchmark.ts';
import * as schedule from '../operations/schedule.ts';
import { sevenDays } from './parts/weeks.ts';

export default defineBenchmark({
  name: 'read a week uncached',
  about: 'another week each round: nothing of it can be cached',
  async prepare(tools) {
    const weeks = await sevenDays(tools);
    if (weeks.length === 0) return 'the target has no blocks to come';
    return {
      run: (round) => tools.api.request(schedule.range, { params: weeks[round % weeks.length] as DateRange }),
      most: weeks.length,
    };
  },
});
