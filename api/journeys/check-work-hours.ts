import { defineHttpJourney } from '../journey.ts';
import * as compliance from '../operations/compliance.ts';
import * as people from '../operations/people.ts';

const BLOCK_DAYS = 28;
const RESIDENTS = 3;

export default defineHttpJourney({
  name: 'check work hours over HTTP',
  role: ['coordinator', 'admin'],
  weight: 3,
  changes: [],
  onlyNamed: true,
  async run({ api, check, count, cutShort, data, think }) {
    const { data: residents } = await api.request(people.residents);
    if (residents.items.length === 0)
      return cutShort({ code: 'no-resident', text: 'the target has no resident' });
    const days = data.range(BLOCK_DAYS);
    for (const { id } of data.inTurn(residents.items).slice(0, RESIDENTS)) {
      await think();
      // A broken answer is counted as what it is, and the user goes on.
      const hours = await api.request(compliance.workHours, {
        params: { id },
        body: { resident_id: id, schedule_start: days.start, schedule_end: days.end },
        mayFail: true,
      });
      count('compliance checks');
      if (hours.ok) {
        const { weekly_hours: weekly, weekly_limit: limit } = hours.data.hours_summary;
        check(
          'hours above the limit are not compliant',
          weekly <= limit || !hours.data.acgme_compliant,
          `${weekly} of ${limit} h`,
        );
      }
      const { data: away } = await api.request(compliance.awayOfResident, { params: { id } });
      check('days away belong to the resident', away.person_id === id);
    }
  },
});
