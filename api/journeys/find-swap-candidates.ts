import { allOfAtLeastOne } from '../../measure/session/all-of-at-least-one.ts';
import { defineHttpJourney } from '../journey.ts';
import * as portal from '../operations/portal.ts';
import * as schedule from '../operations/schedule.ts';

const MOST = 10;

export default defineHttpJourney({
  name: 'find swap candidates over HTTP',
  role: 'faculty',
  weight: 3,
  changes: [],
  onlyNamed: true,
  async run({ api, check, count, cutShort, think }) {
    const { data: mine } = await api.request(portal.mySchedule);
    await think();
    const { data: found } = await api.request(schedule.swapCandidates, {
      body: { person_id: mine.faculty_id, max_candidates: MOST },
    });
    count('swap candidates found', found.candidates.length);
    check('candidates belong to the requester', found.requester_person_id === mine.faculty_id);
    if (found.candidates.length === 0)
      return cutShort({ code: 'no-swap-candidate', text: 'nobody can swap with this user' });
    check(
      'requester is not a candidate',
      allOfAtLeastOne(found.candidates, (one) => one.candidate_person_id !== mine.faculty_id),
    );
    const scores = found.candidates.map(({ match_score }) => match_score);
    check(
      'candidates are limited and sorted by score',
      scores.length <= MOST && scores.join() === scores.toSorted((a, b) => b - a).join(),
      scores.join(', '),
    );
  },
});
