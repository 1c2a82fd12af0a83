import { isDeepStrictEqual } from 'node:util';
import { defineJourney } from '../journey.ts';

export default defineJourney({
  name: 'change and restore a setting',
  role: 'admin',
  weight: 5,
  changes: ['settings'],
  async run({ app, step, think, check, change, turn }) {
    // There is one set of settings: a second admin would take the changed ones for those to put back.
    await turn('settings');
    await step('open settings', () => app.settings.open());
    await think();
    const before = await app.api.settings();
    const made = change({
      what: 'settings',
      name: 'weekend scheduling',
      undo: () => app.api.restoreSettings(before),
    });
    await step('change a setting', () => app.settings.toggleWeekendsAndSave());
    check('setting is stored as changed', !isDeepStrictEqual(await app.api.settings(), before));
    await think();
    await app.settings.untilToldIsGone();
    await step('restore the setting', () => app.settings.toggleWeekendsAndSave());
    const isAsBefore = isDeepStrictEqual(await app.api.settings(), before);
    check('settings are restored', isAsBefore);
    if (isAsBefore) made.undone();
  },
});
