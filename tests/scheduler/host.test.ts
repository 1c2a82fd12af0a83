import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readSettings, SettingsError } from '../../fixtures/scheduler/server/settings.ts';

it('listens on loopback unless it is asked to listen on every interface', () => {
  assert.equal(readSettings({}).host, '127.0.0.1');
  assert.equal(readSettings({ SCHEDULER_HOST: '' }).host, '127.0.0.1');
  assert.equal(readSettings({ SCHEDULER_HOST: '0.0.0.0' }).host, '0.0.0.0');
  assert.throws(() => readSettings({ SCHEDULER_HOST: 'scheduler' }), {
    constructor: SettingsError,
    message: 'SCHEDULER_HOST=scheduler: expected 127.0.0.1, 0.0.0.0.',
  });
});
