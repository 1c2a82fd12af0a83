import { TOO_MANY_REQUESTS } from '../../config/http-status.ts';
import { defineHttpJourney } from '../journey.ts';
import * as schedule from '../operations/schedule.ts';
import { generationOf } from './parts/generation.ts';
import { discard, ownDrafts, situationNow } from './parts/own-drafts.ts';
import { claimWeeks, RESIDENT_ABSENT } from './parts/own-week.ts';

/** Two generations of one week at a time: whatever they are answered, one draft may come of them. */
export default defineHttpJourney({
  name: 'generate one week concurrently over HTTP',
  role: ['coordinator', 'admin'],
  weight: 1,
  changes: ['drafts'],
  onlyNamed: true,
  async run(tools) {
    const { api, change, check, count, cutShort, data, think } = tools;
    const situation = await situationNow(api);
    const range = await claimWeeks(tools, situation.before);
    if ('code' in range) return cutShort(range);
    await think();
    const made = change({
      what: 'drafts',
      name: `draft of ${range.start} to ${range.end}`,
      undo: async () => discard(api, await ownDrafts(api, range, situation, true), true),
    });
    const send = () =>
      api.request(schedule.generate, {
        headers: { 'idempotency-key': data.unique('generate') },
        body: generationOf(range),
        // A target that works on one after the other answers the second with 500, for the draft of the first
        // (docs/contract/verified.md §2.3); one that works on both, with 409.
        expect: [200, 207, 409, 422, 429, 500],
      });
    // Neither is left under way when the other has failed: its draft would come after the clean-up.
    const ends = await Promise.allSettled([send(), send()]);
    const statuses = ends.map((end) => {
      if (end.status === 'rejected') throw end.reason;
      return end.value.status;
    });
    if (statuses.includes(422)) {
      made.undone(); // nothing came of it
      return cutShort(RESIDENT_ABSENT);
    }
    for (const status of statuses) count(`concurrent generations: ${status}`);
    const found = await ownDrafts(api, range, situation);
    const most = statuses.some((status) => status !== TOO_MANY_REQUESTS) ? 1 : 0;
    check(
      'concurrent generations create one draft',
      found.length === most,
      `${found.length} (${statuses.join(', ')})`,
    );
    if (found.length > 0) count('schedules generated', found.length);
    await discard(api, found);
    const left = found.length === 0 ? 0 : (await ownDrafts(api, range, situation)).length;
    check('discarded draft is not listed', left === 0, `${left} still pending`);
    if (left === 0) made.undone();
  },
});
