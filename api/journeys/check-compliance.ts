import { defineHttpJourney } from '../journey.ts';
import * as compliance from '../operations/compliance.ts';
import * as schedule from '../operations/schedule.ts';

export default defineHttpJourney({
  name: 'check compliance over HTTP',
  role: ['coordinator', 'admin'],
  weight: 4,
  changes: [],
  async run({ api, check, count, data, think }) {
    const { start, end } = data.month(data.random.int(0, 1));
    const month = await api.request(schedule.validate, { query: { start_date: start, end_date: end } });
    const { valid, total_violations: total, violations } = month.data;
    count('compliance checks');
    count('violations found', violations.length);
    check(
      'violation count matches the list',
      violations.length === total,
      `${violations.length} of ${total}`,
    );
    check(
      'valid schedule has no violations',
      valid === (total === 0),
      `valid ${valid} with ${total} violations`,
    );
    await think();

    const away = await api.request(compliance.awayFromProgram);
    const { residents, summary } = away.data;
    check(
      'every resident has a leave balance',
      residents.length > 0 && residents.length === summary.total_residents,
      `${residents.length} of ${summary.total_residents}`,
    );
  },
});
