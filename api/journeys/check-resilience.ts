import { defineHttpJourney } from '../journey.ts';
import * as people from '../operations/people.ts';
import * as resilience from '../operations/resilience.ts';

export default defineHttpJourney({
  name: 'check resilience over HTTP',
  role: ['coordinator', 'admin'],
  weight: 3,
  // The vulnerability read logs a row of its own at the target, as it does for everyone who opens the page.
  changes: [],
  async run({ api, check, data, think }) {
    const health = await api.request(resilience.health, { query: { persist: false } });
    const rate = health.data.utilization.utilization_rate;
    check('utilization is not negative', rate >= 0, `utilization_rate ${rate}`);
    await think();

    const days = data.range(30);
    await api.request(resilience.vulnerability, {
      query: { start_date: days.start, end_date: days.end, include_n2: true },
    });
    await think();

    const faculty = await api.request(people.faculty);
    const available = faculty.data.items.length;
    const threshold = await api.request(resilience.utilizationThreshold, {
      body: {
        available_faculty: available,
        required_blocks: available * 40,
        blocks_per_faculty_per_day: 2,
        days_in_period: 30,
      },
    });
    check('defense level is named', threshold.data.level.length > 0);
  },
});
