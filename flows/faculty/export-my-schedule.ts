import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'export my schedule',
  role: 'faculty',
  weight: 20,
  changes: [],
  async run({ app, step, think, check, cutShort }) {
    await step('open my schedule', () => app.mySchedule.open());
    await think();
    await step('show one month', () => app.mySchedule.show('Month'));
    await think();
    if (!(await app.mySchedule.canExport()))
      return cutShort({
        code: 'nothing-to-export',
        text: 'nothing is scheduled, so nothing can be exported',
      });
    const lines = await step('export my schedule', () => app.mySchedule.exportCsv());
    check('exported file has a header and days', lines.length > 1, `${lines.length} lines`);
  },
});
