import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'request an absence',
  role: 'resident',
  weight: 20,
  changes: ['absences'],
  async run({ app, step, check, data, think, change, cutShort, defect }) {
    const absence = data.absence(await app.api.calendar(data.today));
    await step('open absences', () => app.absences.open());
    await think();
    await step('open the absence dialog', () => app.absences.openAddDialog());
    await think();
    if (!(await app.absences.canFillIn()))
      return cutShort({ code: 'no-own-person', text: 'the account has no person with the same e-mail' });
    const isListed = await app.api.isAbsenceListed();
    await step('fill in the absence', () => app.absences.fillIn(absence));
    const made = change({
      what: 'absences',
      name: absence.notes,
      undo: () => app.api.removeAbsence(absence),
    });
    made.at(`/absences/${await step('submit the absence', () => app.absences.submit())}`);
    if (!isListed) return defect('absence list capped at 100');
    await step('check the absence is listed', () => app.absences.seeListed(absence.notes));
    await think();

    const changed = `${absence.notes} (changed)`;
    await step('open the absence editor', () => app.absences.openEditDialog(absence.notes));
    await think();
    await step('save the absence', () => app.absences.saveNotes(changed));
    const note = await app.api.storedNote(absence);
    check('absence is stored as edited', note === changed, `note ${note}`);
    await think();
    await step('open the withdrawal dialog', () => app.absences.askToWithdraw(changed));
    await think();
    await step('withdraw the absence', () => app.absences.withdraw(changed));
    const isGone = (await app.api.storedNote(absence)) === undefined;
    check('withdrawn absence is gone', isGone);
    if (isGone) made.undone();
  },
});
