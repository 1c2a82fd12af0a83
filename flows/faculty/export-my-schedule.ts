import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'review my schedule and export it',
  role: 'faculty',
  weight: 20,
  changes: [],
  async run({ app, step, think, check }) {
    await step('open my schedule', () => app.mySchedule.open());
    await think();
    await step('show the month', () => app.mySchedule.show('Month'));
    await think();
    const isEmpty = !(await app.mySchedule.canExport());
    check('the schedule can be exported, or is empty', true);
    if (isEmpty) return;
    const lines = await step('export my schedule', () => app.mySchedule.exportCsv());
    check('the exported file holds a header and days', lines.length > 1, `${lines.length} lines`);
  },
});
