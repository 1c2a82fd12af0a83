import type { CutShort } from '../../measure/run/samples.ts';
import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as batch from '../operations/batch.ts';
import { isRefused } from './parts/batch-refusal.ts';
import { type FreeBlock, freeBlock, plannedFor, removePlanned } from './parts/free-block.ts';
import { meetingPoint } from './parts/meeting-point.ts';

/** The host waits so long for somebody to do the same as it does. */
const COMPANY_WITHIN_MS = 1000;

interface Contest {
  place: FreeBlock;
  /** Assignments that the target said it had made. */
  made: string[];
}

const meet = meetingPoint<Contest | CutShort>();

/** Several users plan the same person for the same half-day at a time: one of them may, no matter which. */
export default defineHttpJourney({
  name: 'assign one half-day concurrently over HTTP',
  role: ['coordinator', 'admin'],
  weight: 1,
  changes: ['assignments'],
  onlyNamed: true,
  async run(tools) {
    const { api, check, count, cutShort, wait } = tools;
    const { record: contest, isHost, company, leave } = await meet(() => openContest(tools));
    let left = false;
    try {
      if ('code' in contest) return cutShort(contest);
      await Promise.race([company, wait(COMPANY_WITHIN_MS)]);
      // Two at a time also when nobody else has come.
      await Promise.all([plan(tools, contest), plan(tools, contest)]);
      if (!isHost) return;
      left = true;
      await leave();
      const { personId, blockId, range } = contest.place;
      const there = (await plannedFor(api, personId, range)).filter(({ block_id }) => block_id === blockId);
      count('duplicate assignments found', Math.max(0, there.length - 1));
      check('one of several equal assignments is created', there.length === 1, `${there.length} are there`);
      check(
        'one of several equal assignments is acknowledged',
        contest.made.length === 1,
        `${contest.made.length} were acknowledged`,
      );
    } finally {
      if (!left) await leave();
    }
  },
});

async function plan({ api, count, data }: HttpJourneyTools, { place, made }: Contest): Promise<void> {
  const answer = await api.request(batch.create, {
    body: { assignments: [data.assignment(place.personId, place.blockId)], validate_acgme: false },
    expect: [201, 400],
    mayFail: true,
  });
  const id = isRefused(batch.create, answer) ? undefined : answer.data.results[0]?.assignment_id;
  if (id) made.push(id);
  else count('assignments refused: slot taken');
}

/** The host takes back whatever came of it, its own or another's. */
async function openContest({ api, change, data }: HttpJourneyTools): Promise<Contest | CutShort> {
  const place = await freeBlock({ api, data });
  if ('code' in place) return place;
  const { personId, blockId } = place;
  change({
    what: 'assignments',
    name: `${data.prefix}: ${personId} in ${blockId}`,
    undo: () => removePlanned(api, place, ({ block_id }) => block_id === blockId),
  });
  return { place, made: [] };
}
