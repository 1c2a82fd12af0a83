/** What the API’s answers say of the user is kept, whatever the pages ask for later. */
import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { Page } from '@playwright/test';
import { ApiObserver } from '../../flows/pages/api-observer.ts';

function page() {
  const events = new EventEmitter();
  const answers = (path: string, body: unknown) =>
    events.emit('response', {
      request: () => ({ method: () => 'GET' }),
      status: () => 200,
      url: () => `http://scheduler.example/api/v1${path}`,
      json: async () => body,
    });
  return { observer: new ApiObserver(events as unknown as Page), answers };
}

const ANN = { name: 'Ann Oak', email: 'ann@example.org' };

test('the user’s own name stays known when a later list of people is filtered', async () => {
  const { observer, answers } = page();
  assert.equal(await observer.ownName(), undefined);
  answers('/auth/me', { email: ANN.email });
  answers('/people', { items: [ANN, { name: 'No Address', email: null }] });
  answers('/people?type=faculty', { items: [{ name: 'Dr Elm', email: 'elm@example.org' }] });
  assert.equal(await observer.ownName(), ANN.name);
});

test('a user who is no person has no name', async () => {
  const { observer, answers } = page();
  answers('/people', { items: [ANN] });
  answers('/auth/me', { email: 'office@example.org' });
  assert.equal(await observer.ownName(), undefined);
});
