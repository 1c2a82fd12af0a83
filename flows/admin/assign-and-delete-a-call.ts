import { addDays } from '../../fixtures/data/dates.ts';
import { defineJourney } from '../journey.ts';

/** Calls of the next weeks are planned already; later days are free. */
const FIRST_FREE_DAY = 120;
const DAYS = 120;

export default defineJourney({
  name: 'assign and delete a call',
  role: 'admin',
  weight: 10,
  changes: ['calls'],
  async run({ app, step, check, data, think, change, claim, defect }) {
    const start = addDays(data.today, FIRST_FREE_DAY);
    const free = await app.api.daysWithoutCall({ start, end: addDays(start, DAYS) });
    if (free.length === 0) throw new Error(`every day from ${start} on has a call: none can be added`);
    const day = claim('calls', data.inTurn(free));
    if (day === undefined) throw new Error('every free day is being planned by other sessions of this run');
    await step('open the call roster', () => app.callHub.open());
    await think();
    await step('open the faculty call tab', () => app.callHub.openFacultyCall());
    await think();
    await step('show one day of calls', () => app.callHub.showDay(day));
    await think();
    await step('open the call dialog', () => app.callHub.openNewCall());
    await think();
    const name = await step('fill in the call', () =>
      app.callHub.fillInCall(day, (people) => data.random.pick(people)),
    );
    const personId = await app.api.facultyNamed(name);
    const made = change({
      what: 'calls',
      name: `call on ${day}`,
      undo: () => app.api.removeCallOf(personId, day),
    });
    const call = await step('assign the call', () => app.callHub.assignCall(day));
    if (!call) {
      defect('call assignment returns 500');
      await think();
      await step('cancel the call dialog', () => app.callHub.cancelNewCall());
      if (!(await app.api.hasCallOf(personId, day))) made.undone(); // nothing came of it
      return;
    }
    made.at(`/call-assignments/${call.id}`);
    await think();
    check('call is stored', await app.api.hasCallOf(personId, day));
    await step('delete the call', () => app.callHub.takeCallBack(day, call.person));
    const isGone = !(await app.api.hasCallOf(personId, day));
    check('deleted call is gone', isGone);
    if (isGone) made.undone();
  },
});
