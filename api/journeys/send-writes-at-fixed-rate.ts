import { defineHttpJourney } from '../journey.ts';
import * as absences from '../operations/absences.ts';
import { calendar } from './parts/calendar.ts';
import { myPerson } from './parts/my-person.ts';
import { byTimetable } from './parts/timetable.ts';

/** Of one session. The profile throughput has four of them. */
const PER_SECOND = 5.5;

/** One absence of the session's own, written over and over: the target's data do not grow. */
export default defineHttpJourney({
  name: 'send writes at fixed rate over HTTP',
  role: 'resident',
  weight: 1,
  changes: ['absences'],
  onlyNamed: true,
  once: true,
  async run(tools) {
    const { api, change, check, data } = tools;
    const { id: personId } = await myPerson(api);
    const absence = data.absence(await calendar({ api, data }));
    const days = { start_date: absence.startDate, end_date: absence.endDate };
    const remove = async (cleanup: boolean) => {
      const { data: own } = await api.request(absences.list, {
        query: { ...days, person_id: personId },
        cleanup,
      });
      for (const { id } of own.items.filter(({ notes }) => notes?.startsWith(absence.notes)))
        await api.request(absences.remove, { params: { id }, cleanup });
    };
    const made = change({ what: 'absences', name: absence.notes, undo: () => remove(true) });
    const { data: created } = await api.request(absences.create, {
      body: { ...days, person_id: personId, absence_type: absence.type, notes: absence.notes },
      expect: [201],
    });
    const { id } = created;
    made.at(`/absences/${id}`);
    let last = 0;
    await byTimetable(tools, PER_SECOND, async (index, due) => {
      const notes = `${absence.notes} (${index})`;
      const { ok } = await api.request(absences.update, {
        params: { id },
        body: { notes },
        due,
        mayFail: true,
      });
      if (ok) last = Math.max(last, index);
    });
    const { data: after } = await api.request(absences.read, { params: { id } });
    // Writes under way at the same time may come in any order: of the last few one is there.
    const written = Number(/\((\d+)\)$/.exec(after.notes ?? '')?.[1]);
    check('last write is stored', written > last - PER_SECOND, `${written}, and the last was ${last}`);
    await remove(false);
    const { status } = await api.request(absences.read, { params: { id }, expect: [404, 200] });
    check('withdrawn absence is gone', status === 404, `reading it answered ${status}`);
    if (status === 404) made.undone();
  },
});
