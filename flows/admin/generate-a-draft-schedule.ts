import { answeredError } from '../../measure/errors/classified-error.ts';
import { defineJourney, type JourneyTools } from '../journey.ts';

const ABSENT = {
  code: 'resident-absent',
  text: 'a resident is absent throughout each range that could be generated (422)',
};

export default defineJourney({
  name: 'generate a draft schedule',
  role: 'admin',
  weight: 10,
  changes: ['drafts'],
  async run(tools) {
    const { app, step, check, data, think, change, claim, cutShort } = tools;
    // A range with a pending draft is refused with 500: HTTP sessions take theirs from the start of the calendar.
    const { weeks, free } = await app.api.drafts.weeksToGenerate(data.today);
    if (free.length === 0 && weeks.length > 0) return cutShort(ABSENT);
    const own = data.inTurn(free, 'end');
    const monday = claim(
      'drafts',
      own.map(({ start }) => start),
    );
    const range = own.find(({ start }) => start === monday);
    if (!range)
      throw new Error('no week to come has blocks and no pending draft: no schedule can be generated');
    await step('open the generate dialog', () => app.dashboard.openGenerateDialog());
    await think();
    await step('fill in the generate dialog', () => app.dashboard.fillInGenerateDialog(range));
    const made = change({
      what: 'drafts',
      name: `draft of ${range.start} to ${range.end}`,
      undo: () => app.api.drafts.discard(range),
    });
    const isThere = await step('generate a draft', () => generateDraft(tools, range));
    if (!isThere) {
      made.undone(); // nothing came of it
      return cutShort(ABSENT);
    }
    await think();
    await step('close the generate dialog', () => app.dashboard.closeGenerateDialog());
    await step('open the scheduling laboratory', () => app.laboratory.open());
    await think();
    await step('open drafts', () => app.scheduleDrafts.open());
    await think();
    made.at(`/schedules/drafts/${await step('open the draft', () => app.scheduleDrafts.review(range))}`);
    await think();
    await step('return to drafts', () => app.scheduleDrafts.back());
    await step('discard the draft', () => app.scheduleDrafts.discard(range));
    const isGone = !(await app.api.drafts.has(range));
    check('discarded draft is gone', isGone);
    if (isGone) made.undone();
  },
});

type Range = Parameters<JourneyTools['app']['api']['drafts']['has']>[0];

/** False: refused, since a resident has become absent meanwhile. */
async function generateDraft({ app, effect }: JourneyTools, range: Range): Promise<boolean> {
  const { end, said } = await app.dashboard.generateDraft();
  if (end === 'made') return true;
  if (end === 'refused') {
    if (await app.api.drafts.isResidentAbsentThroughout(range)) return false;
    throw answeredError(422, `POST /schedule/generate answered ${said}`);
  }
  const found = await (end === 'given up' ? app.api.drafts.hasLater(range) : app.api.drafts.has(range));
  effect(end === 'given up' ? 'generation given up by the proxy' : 'schedule generation returns 500', found);
  if (!found) throw answeredError(500, 'POST /schedule/generate answered 500, and no draft came of it');
  return true;
}
