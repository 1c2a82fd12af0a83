import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'record an absence for a resident',
  role: 'coordinator',
  weight: 30,
  changes: ['absences'],
  async run({ app, step, check, data, think, change, defect }) {
    const absence = data.absence(await app.api.calendar(data.today));
    await step('open absences', () => app.absences.open());
    await think();
    await step('open the absence dialog', () => app.absences.openAddDialog());
    await think();
    const resident = await step('fill in the absence of a resident', () =>
      app.absences.fillInForResident(absence, (names) => data.random.pick(names)),
    );
    const made = change({
      what: 'absences',
      name: absence.notes,
      undo: () => app.api.removeAbsence(absence),
    });
    made.at(`/absences/${await step('submit the absence', () => app.absences.submit())}`);
    check('absence is stored as recorded', (await app.api.storedNote(absence)) === absence.notes);
    if (await app.api.isAbsenceListed())
      await step('check the absence is listed', () => app.absences.seeListed(absence.notes));
    else defect('absence list capped at 100');
    await think();
    await step('open compliance', () => app.compliance.open());
    await think();
    await step('open the away-from-program tab', () => app.compliance.openAwayFromProgram(resident));
  },
});
