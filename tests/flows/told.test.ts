/** What the application told its pages of the user is kept, whatever they ask for later. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { Page } from '@playwright/test';
import { Told } from '../../flows/pages/told.ts';

function page() {
  const events = new EventEmitter();
  const answers = (path: string, body: unknown) =>
    events.emit('response', {
      request: () => ({ method: () => 'GET' }),
      status: () => 200,
      url: () => `http://scheduler.example/api/v1${path}`,
      json: async () => body,
    });
  return { told: new Told(events as unknown as Page), answers };
}

const ANN = { name: 'Ann Oak', email: 'ann@example.org' };

test('the user’s own name stays known when a later list of people is filtered', async () => {
  const { told, answers } = page();
  assert.equal(await told.ownName(), undefined);
  answers('/auth/me', { email: ANN.email });
  answers('/people', { items: [ANN, { name: 'No Address', email: null }] });
  answers('/people?type=faculty', { items: [{ name: 'Dr Elm', email: 'elm@example.org' }] });
  assert.equal(await told.ownName(), ANN.name);
});

test('a user who is no person has no name', async () => {
  const { told, answers } = page();
  answers('/people', { items: [ANN] });
  answers('/auth/me', { email: 'office@example.org' });
  assert.equal(await told.ownName(), undefined);
});
