import { defineHttpJourney } from '../journey.ts';
import * as resilience from '../operations/resilience.ts';
import * as schedule from '../operations/schedule.ts';

const WEEK = 7;

export default defineHttpJourney({
  name: 'read resilience reports over HTTP',
  role: ['coordinator', 'admin'],
  weight: 3,
  // The vulnerability read logs a row of its own at the target, as it does for everyone who opens the page.
  changes: [],
  onlyNamed: true,
  async run({ api, check, data, think }) {
    const { data: report } = await api.request(resilience.report);
    const { data: health } = await api.request(resilience.health, { query: { persist: false } });
    check(
      'report and health status agree',
      report.overall_status === health.overall_status,
      `${report.overall_status}, and ${health.overall_status}`,
    );
    await think();

    const days = data.range(WEEK);
    const query = { start_date: days.start, end_date: days.end };
    const { data: loss } = await api.request(resilience.vulnerability, {
      query: { ...query, include_n2: false },
    });
    check('no vulnerability means N-1 passes', loss.n1_pass === (loss.n1_vulnerabilities.length === 0));
    await think();

    const { data: week } = await api.request(schedule.validate, { query });
    const level = async (rate: number) =>
      (await api.request(resilience.defenseLevel, { body: { coverage_rate: rate } })).data;
    const [now, none] = [await level(week.coverage_rate), await level(0)];
    check('defense level is named', now.level.length > 0);
    check('less coverage does not lower the level', none.level_number >= now.level_number);
    await think();

    await api.request(resilience.healthHistory, { query: { page: 1, page_size: 50 } });
    await api.request(resilience.loadShedding);
  },
});
