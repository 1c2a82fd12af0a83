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
  async run({ api, check, count, think }) {
    const { data: mine } = await api.request(portal.mySchedule);
    await think();
    const { data: found } = await api.request(schedule.swapCandidates, {
      body: { person_id: mine.faculty_id, max_candidates: MOST },
    });
    count('swap candidates found', found.candidates.length);
    check('candidates belong to the requester', found.requester_person_id === mine.faculty_id);
    check(
      'requester is not a candidate',
      found.candidates.every((one) => one.candidate_person_id !== mine.faculty_id),
    );
    const scores = found.candidates.map(({ match_score }) => match_score);
    check(
      'candidates are limited and sorted by score',
      scores.length <= MOST && isFalling(scores),
      scores.join(', '),
    );
  },
});

function isFalling(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value <= (values[index - 1] as number));
}
