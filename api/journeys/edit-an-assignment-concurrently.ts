import type { CutShort } from '../../measure/run/samples.ts';
import { defineHttpJourney, type HttpJourneyTools } from '../journey.ts';
import * as assignments from '../operations/assignments.ts';
import * as batch from '../operations/batch.ts';
import { isRefused } from './parts/batch-refusal.ts';
import { freeBlock, removePlanned } from './parts/free-block.ts';
import { meetingPoint } from './parts/meeting-point.ts';

const EDITS = 3;
/** With this many others in between nobody has ever failed to get an edit through. */
const TRIES = 20;

/** One assignment that several sessions write their marks into. */
interface Page {
  id: string;
  /** Marks whose writing the target has acknowledged. */
  acknowledged: Set<string>;
}

const meet = meetingPoint<Page | CutShort>();
let marks = 0;

/**
 * N users read, think and write the same assignment. Its version (`updated_at`) is the target's promise that nobody
 * overwrites what they have not seen: each mark that it has acknowledged must be there to the end.
 */
export default defineHttpJourney({
  name: 'edit an assignment concurrently over HTTP',
  role: ['coordinator', 'admin'],
  weight: 2,
  changes: ['assignments'],
  onlyNamed: true,
  async run(tools) {
    const { api, check, count, cutShort, think } = tools;
    const { record: page, isHost, company, leave } = await meet(() => makePage(tools));
    let left = false;
    try {
      if ('code' in page) return cutShort(page);
      // Who is alone to the end edits what nobody else does, and shows nothing.
      void company.then(() => count('users editing one record'));
      for (let edit = 0; edit < EDITS; edit += 1) {
        await writeMark(tools, page);
        await think();
      }
      await refuseStale(tools, page);
      if (!isHost) return;
      left = true;
      await leave();
      const { data: last } = await api.request(assignments.read, { params: { id: page.id } });
      const lost = [...page.acknowledged].filter((mark) => !marksOf(last.notes).includes(mark));
      count('edits made', page.acknowledged.size);
      count('edits lost', lost.length);
      check(
        'no edit is lost',
        lost.length === 0,
        `${lost.length} of ${page.acknowledged.size} acknowledged edits`,
      );
    } finally {
      if (!left) await leave();
    }
  },
});

/** The mark is added to what is there, at the version that was read; somebody was quicker: read again, try again. */
async function writeMark({ api, check, count, think }: HttpJourneyTools, page: Page): Promise<void> {
  marks += 1;
  const mark = `m${marks}`;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const { data: seen } = await api.request(assignments.read, { params: { id: page.id } });
    // Others write meanwhile; who was overtaken tries again without thinking again.
    if (attempt === 0) await think();
    const written = await api.request(batch.update, {
      body: {
        assignments: [
          { assignment_id: page.id, updated_at: seen.updated_at, notes: `${seen.notes ?? ''} ${mark}` },
        ],
      },
      expect: [200, 400],
      mayFail: true,
    });
    if (!isRefused(batch.update, written) && written.data.succeeded === 1) {
      page.acknowledged.add(mark);
      const { data: after } = await api.request(assignments.read, { params: { id: page.id } });
      check(
        'acknowledged edit is stored',
        marksOf(after.notes).includes(mark),
        `${mark} is not in the notes`,
      );
      return;
    }
    count('edit conflicts');
  }
  check('edit succeeds within the retries', false, `overtaken ${TRIES} times`);
}

/** Without this refusal the last writer would win, and nobody would know. */
async function refuseStale({ api, check }: HttpJourneyTools, page: Page): Promise<void> {
  const { data: seen } = await api.request(assignments.read, { params: { id: page.id } });
  const stale = new Date(Date.parse(`${seen.updated_at}Z`) - 1000).toISOString().replace('Z', '000');
  const answer = await api.request(batch.update, {
    body: { assignments: [{ assignment_id: page.id, updated_at: stale, notes: seen.notes ?? '' }] },
    expect: [200, 400],
    mayFail: true,
  });
  check('stale edit is refused', isRefused(batch.update, answer), `answered ${answer.status}`);
}

/** An assignment of the suite's own, or why there cannot be one. The host takes it back at the end of its journey. */
async function makePage({ api, change, data }: HttpJourneyTools): Promise<Page | CutShort> {
  const free = await freeBlock({ api, data });
  if ('code' in free) return free;
  const assignment = data.assignment(free.personId, free.blockId);
  const made = change({
    what: 'assignments',
    name: assignment.notes,
    undo: () => removePlanned(api, free, ({ notes }) => notes?.startsWith(assignment.notes) ?? false),
  });
  const { data: created } = await api.request(batch.create, {
    body: { assignments: [assignment], validate_acgme: false },
  });
  const id = created.results[0]?.assignment_id;
  if (!id) return { code: 'nothing-planned', text: 'the target planned nothing' };
  made.at(`/assignments/${id}`);
  return { id, acknowledged: new Set() };
}

function marksOf(notes: string | null | undefined): string[] {
  return (notes ?? '').split(' ');
}
