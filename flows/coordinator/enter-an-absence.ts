import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'enter an absence for somebody and check who is away',
  role: 'coordinator',
  weight: 30,
  changes: ['absences'],
  async run({ app, step, data, think, change, defect }) {
    const absence = data.absence(await app.api.calendar(data.today));
    await step('open absences', () => app.absences.open());
    await think();
    await step('open the absence dialog', () => app.absences.openAddDialog());
    await think();
    const resident = await step('fill in the absence of somebody', () =>
      app.absences.fillInForResident(absence, (names) => data.random.pick(names)),
    );
    const made = change({
      what: 'absences',
      name: absence.notes,
      undo: () => app.api.removeAbsence(absence),
    });
    made.at(`/absences/${await step('submit absence', () => app.absences.submit())}`);
    if (await app.api.isAbsenceListed())
      await step('see the absence listed', () => app.absences.seeListed(absence.notes));
    else defect('absences beyond the first hundred are not shown');
    await think();
    await step('open compliance', () => app.compliance.open());
    await think();
    await step('open away from program', () => app.compliance.openAwayFromProgram(resident));
  },
});
