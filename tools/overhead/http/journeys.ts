import { defineHttpJourney } from '../../../api/journey.ts';
import * as people from '../../../api/operations/people.ts';

/** One GET after the other, each with a check of its answer by CHECK_RATE. Only the bench has such journeys. */
const reading = (name: string, requests: number) =>
  defineHttpJourney({
    name,
    role: 'resident',
    weight: 1,
    changes: [],
    async run({ api }) {
      for (let n = 0; n < requests; n += 1) await api.request(people.list);
    },
  });

/** As many requests as the sessions of the other tools have, signing in and out apart. */
export const REQUESTS_OF_A_SESSION = 5;

/** The first has enough that signing in and out is no part of the figure to speak of. */
export default [reading('read often', 2000), reading('read some', REQUESTS_OF_A_SESSION)];
