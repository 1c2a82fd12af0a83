import { defineJourney } from '../journey.ts';
import { openPeople } from '../parts/open-people.ts';

/** A workbook is a zip archive: https://pkwareinc.github.io/APPNOTE/ §4.3.7 gives its first bytes. */
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

export default defineJourney({
  name: 'export schedule and people',
  role: 'admin',
  weight: 10,
  changes: [],
  async run(tools) {
    const { app, step, think, check } = tools;
    const workbook = await step('export the schedule to Excel', () => app.dashboard.exportToExcel());
    check('exported file is a workbook', workbook.subarray(0, ZIP.length).equals(ZIP));
    await think();
    await openPeople(tools);
    await think();
    const lines = await step('export people', () => app.people.exportCsv());
    check('exported file has a header and people', lines.length > 1, `${lines.length} lines`);
  },
});
