import { isOurs } from '../../fixtures/data/generate.ts';
import { defineHttpJourney } from '../journey.ts';
import * as portal from '../operations/portal.ts';

/** This share of the requests of this suite is accepted, the others refused. */
const ACCEPTED = 0.25;

/** No page lets a faculty member answer a request. Only those that the suite made are: others are somebody's own. */
export default defineHttpJourney({
  name: 'answer a swap request over HTTP',
  role: 'faculty',
  weight: 2,
  changes: ['swaps'],
  async run({ api, check, count, cutShort, data, think, change }) {
    const mine = await api.request(portal.mySwaps);
    await think();
    const market = await api.request(portal.marketplace);
    const asked = new Map(market.data.entries.map(({ request_id: id, reason }) => [id, reason ?? '']));
    const ours = mine.data.incoming_requests.filter(({ id }) => isOurs(asked.get(id) ?? ''));
    if (ours.length === 0)
      return cutShort({
        code: 'no-swap-request',
        text: 'no test user has asked this one for a swap',
        leftBy: ['request a swap over HTTP', 'request a swap from a colleague'],
      });
    await think();

    const { id } = data.random.pick(ours);
    const accept = data.random.next() < ACCEPTED;
    const name = asked.get(id) as string;
    if (accept) change({ what: 'swaps', name, why: 'an accepted swap cannot be taken back' });
    const answer = await api.request(portal.respondToSwap, {
      params: { id },
      body: { accept, notes: data.unique('answer') },
    });
    count(accept ? 'swaps accepted' : 'swaps rejected');
    const expected = accept ? 'approved' : 'rejected';
    check(
      'swap has the answered status',
      answer.data.status === expected,
      `${answer.data.status}, not ${expected}`,
    );
    const after = await api.request(portal.mySwaps);
    const isOpen = after.data.incoming_requests.some((request) => request.id === id);
    check('answered request is closed', !isOpen);
  },
});
