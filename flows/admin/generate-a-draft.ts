import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'generate a schedule as a draft',
  role: 'admin',
  weight: 10,
  changes: ['drafts'],
  async run({ app, step, data, think, change }) {
    const weeks = await app.behind.weeksToGenerate(data.today);
    const range = data.own(weeks, 'end');
    if (!range) throw new Error('the target has no block in the weeks to come: no schedule can be generated');
    // Another draft over the same days makes the application answer 500: what an earlier run left goes first.
    await app.behind.discardDrafts(range);
    await step('open the generate dialog', () => app.dashboard.openGenerateDialog());
    await think();
    await step('fill in the generate dialog', () => app.dashboard.fillInGenerateDialog(range));
    const made = change({
      what: 'drafts',
      name: `draft of ${range.start} to ${range.end}`,
      undo: () => app.behind.discardDrafts(range),
    });
    await step('generate a draft', () => app.dashboard.generateDraft());
    await think();
    await step('close the generate dialog', () => app.dashboard.closeGenerateDialog());
    await step('open the scheduling laboratory', () => app.laboratory.open());
    await think();
    await step('open the drafts', () => app.scheduleDrafts.open());
    await think();
    await step('review the draft', () => app.scheduleDrafts.review(range));
    await think();
    await step('return to the drafts', () => app.scheduleDrafts.back());
    await step('discard the draft', () => app.scheduleDrafts.discard(range));
    made.undone();
  },
});
