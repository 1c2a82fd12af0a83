import * as admin from '../../operations/admin.ts';
import * as portal from '../../operations/portal.ts';
import type { Chapter } from '../chapter.ts';

/** Saves what is there already: nothing changes, and nothing need be taken back. */
export const settings: Chapter = {
  changes: ['settings'],
  operations: [admin.saveSettings, admin.changeSettings, portal.updatePreferences],
  async run({ caller, known }) {
    if (known.settings) {
      const { work_hours_per_week } = known.settings;
      await caller.call(admin.changeSettings, { body: { work_hours_per_week } });
      await caller.call(admin.saveSettings, { body: known.settings });
    }
    const faculty = await caller.as('faculty');
    if (!faculty) return;
    const { max_weeks_per_month } = await caller.look(faculty, portal.preferences);
    await caller.call(portal.updatePreferences, { body: { max_weeks_per_month } });
  },
};
