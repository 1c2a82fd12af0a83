import { answeredError } from '../../measure/errors/classified-error.ts';
import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'generate a draft schedule',
  role: 'admin',
  weight: 10,
  changes: ['drafts'],
  async run({ app, step, check, data, think, change, claim, effect }) {
    // A range with a pending draft is refused with 500: HTTP sessions take theirs from the start of the calendar.
    const weeks = data.inTurn(await app.api.weeksToGenerate(data.today), 'end');
    const monday = claim(
      'drafts',
      weeks.map(({ start }) => start),
    );
    const range = weeks.find(({ start }) => start === monday);
    if (!range)
      throw new Error('no week to come has blocks and no pending draft: no schedule can be generated');
    await step('open the generate dialog', () => app.dashboard.openGenerateDialog());
    await think();
    await step('fill in the generate dialog', () => app.dashboard.fillInGenerateDialog(range));
    const made = change({
      what: 'drafts',
      name: `draft of ${range.start} to ${range.end}`,
      undo: () => app.api.discardDraft(range),
    });
    await step('generate a draft', async () => {
      if (await app.dashboard.generateDraft()) return;
      const found = await app.api.hasDraft(range);
      effect('schedule generation returns 500', found);
      if (!found) throw answeredError(500, 'POST /schedule/generate answered 500, and no draft came of it');
    });
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
    const isGone = !(await app.api.hasDraft(range));
    check('discarded draft is gone', isGone);
    if (isGone) made.undone();
  },
});
