import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'request leave',
  role: 'faculty',
  weight: 10,
  changes: ['absences'],
  async run({ app, step, check, data, think, change, cutShort, defect }) {
    const leave = data.absence(await app.api.calendar(data.today));
    await step('open absences', () => app.absences.open());
    await think();
    await step('open the absence dialog', () => app.absences.openAddDialog());
    await think();
    if (!(await app.absences.canFillIn()))
      return cutShort({ code: 'no-own-person', text: 'the account has no person with the same e-mail' });
    const isListed = await app.api.isAbsenceListed();
    await step('fill in the absence', () => app.absences.fillIn(leave));
    const made = change({
      what: 'absences',
      name: leave.notes,
      undo: () => app.api.removeAbsence(leave),
    });
    made.at(`/absences/${await step('submit the absence', () => app.absences.submit())}`);
    check('absence is stored as requested', (await app.api.storedNote(leave)) === leave.notes);
    if (!isListed) return defect('absence list capped at 100');
    await step('check the absence is listed', () => app.absences.seeListed(leave.notes));
    await think();
    await step('open the withdrawal dialog', () => app.absences.askToWithdraw(leave.notes));
    await think();
    await step('withdraw the absence', () => app.absences.withdraw(leave.notes));
    const isGone = (await app.api.storedNote(leave)) === undefined;
    check('withdrawn absence is gone', isGone);
    if (isGone) made.undone();
  },
});
