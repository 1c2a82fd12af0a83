import { defineHttpJourney } from '../journey.ts';
import * as schedule from '../operations/schedule.ts';

/**
 * Rules that the target holds a schedule against, and how grave it calls a breach (docs/contract/api.md §4).
 */
const SEVERITY: Record<string, string> = {
  '80_HOUR_VIOLATION': 'CRITICAL',
  '1_IN_7_VIOLATION': 'HIGH',
  SUPERVISION_RATIO_VIOLATION: 'CRITICAL',
};
const BLOCK_DAYS = 28;

export default defineHttpJourney({
  name: 'find violations by rule over HTTP',
  role: ['coordinator', 'admin'],
  weight: 3,
  changes: [],
  onlyNamed: true,
  async run({ api, check, count, data, think }) {
    const days = data.range(BLOCK_DAYS);
    const query = { start_date: days.start, end_date: days.end };
    const { data: block } = await api.request(schedule.validate, { query });
    count('compliance checks');
    count('violations found', block.violations.length);
    for (const rule of Object.keys(SEVERITY))
      count(`violations found: ${rule}`, block.violations.filter(({ type }) => type === rule).length);
    const strange = block.violations.find(({ type, severity }) => SEVERITY[type] !== severity);
    check(
      'violations have a known rule and severity',
      strange === undefined,
      `${strange?.type} is ${strange?.severity}`,
    );
    check(
      'coverage is between 0 and 1',
      block.coverage_rate >= 0 && block.coverage_rate <= 1,
      `${block.coverage_rate}`,
    );
    await think();

    // Of a part there cannot be more breaches of supervision, which is counted by half-day, than of the whole.
    const week = data.range(7);
    const { data: part } = await api.request(schedule.validate, {
      query: { start_date: week.start, end_date: week.end },
    });
    count('compliance checks');
    const unsupervised = (of: typeof part) =>
      of.violations.filter(({ type }) => type === 'SUPERVISION_RATIO_VIOLATION').length;
    const [inWeek, inBlock] = [unsupervised(part), unsupervised(block)];
    check('week has no more violations than its block', inWeek <= inBlock, `${inWeek} of ${inBlock}`);
    await think();

    await api.request(schedule.validateConfig, {
      body: { ...query, algorithm: 'cp_sat', timeout_seconds: 30 },
    });
    count('compliance checks');
  },
});
