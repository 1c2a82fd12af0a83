import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'request an absence',
  role: 'resident',
  weight: 20,
  changes: ['absences'],
  async run({ app, step, data, think, change, cutShort, defect }) {
    const absence = data.absence(await app.api.calendar(data.today));
    await step('open absences', () => app.absences.open());
    await think();
    await step('open the absence dialog', () => app.absences.openAddDialog());
    await think();
    if (!(await app.absences.canFillIn())) return cutShort('the account has no person with the same e-mail');
    const isListed = await app.api.isAbsenceListed();
    await step('fill in the absence', () => app.absences.fillIn(absence));
    const made = change({
      what: 'absences',
      name: absence.notes,
      undo: () => app.api.removeAbsence(absence),
    });
    made.at(`/absences/${await step('submit absence', () => app.absences.submit())}`);
    if (!isListed) return defect('absences beyond the first hundred are not shown');
    await step('see the absence listed', () => app.absences.seeListed(absence.notes));
    await think();

    const changed = `${absence.notes} (changed)`;
    await step('open the absence to edit', () => app.absences.openEditDialog(absence.notes));
    await think();
    await step('save the changed absence', () => app.absences.saveNotes(changed));
    await think();
    await step('ask to withdraw the absence', () => app.absences.askToWithdraw(changed));
    await think();
    await step('withdraw the absence', () => app.absences.withdraw(changed));
    made.undone();
  },
});
