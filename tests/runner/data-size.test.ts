/** Reading how much a target holds: cheap, only reading, and each count on its own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DATA_COUNTS, type DataSize } from '../../measure/run/data-size.ts';
import { checkAccounts } from '../../measure/target/check-accounts.ts';
import { readDataSize, readDataSizeAs } from '../../runner/data-size.ts';
import { type Handler, json, serve } from '../api/server.ts';

const TOKENS = { access_token: 'a.b.c', refresh_token: 'r', token_type: 'bearer' };
const TOTALS: Record<string, number> = {
  '/admin/users': 40,
  '/assignments': 12_096,
  '/half-day-assignments': 518,
  '/absences': 20,
  '/swaps/history': 7,
  '/schedules/drafts': 2,
};
const person = (type: string) => ({ id: '0b0e6d9c-58a4-4f9e-9f5a-1f6d3c1f2a10', name: 'n', type });

/** A target that refuses some paths. */
const target =
  (refused: Record<string, number> = {}): Handler =>
  ({ url, method }, response) => {
    const path = new URL(url, 'http://h').pathname.replace('/api/v1', '');
    const status = refused[path];
    if (status !== undefined) return json(response, status, { detail: 'no' });
    if (path === '/auth/login') return json(response, 200, TOKENS);
    if (path === '/people')
      return json(response, 200, {
        items: [person('resident'), person('faculty'), person('resident')],
        total: 3,
      });
    const total = TOTALS[path];
    return json(response, method === 'GET' && total === undefined ? 404 : 200, { items: [], total });
  };
const account = (role: 'admin' | 'faculty' | 'resident') => ({ role, username: role, password: 'p' });
const environment = { insecureTls: false, paceSignIns: false };

test('all is counted by the account that may see most, with a page of one row each, and nothing is written', async (t) => {
  const { apiUrl, received } = await serve(t, target());
  const accounts = [account('resident'), account('admin'), account('faculty')];
  const { counts, unknown } = await readDataSize({ target: { apiUrl }, environment, accounts });
  assert.deepEqual(unknown, {});
  assert.deepEqual(counts, {
    people: 3,
    residents: 2,
    users: 40,
    assignments: 12_096,
    halfDays: 518,
    absences: 20,
    swaps: 7,
    drafts: 2,
  });
  assert.equal(received.length, 9, 'sign-in, seven reads, sign-out');
  assert.ok(received.every(({ method, url }) => method === 'GET' || url.includes('/auth/')));
  assert.ok(received.every(({ url }) => !/page_?[sS]ize=(?!1\b)/.test(url)));
});

test('without a right, or where an operation fails, that count alone is not known, and says why', async (t) => {
  const { apiUrl } = await serve(t, target({ '/admin/users': 403, '/schedules/drafts': 500 }));
  const { counts, unknown } = await readDataSize({
    target: { apiUrl },
    environment,
    accounts: [account('faculty')],
  });
  assert.deepEqual(unknown, { users: 'status 403', drafts: 'status 500' });
  assert.equal(counts.assignments, 12_096);
});

test('where sign-ins are counted, refused or nobody has an account, nothing is known and nothing is thrown', async (t) => {
  const { apiUrl, received } = await serve(t, target({ '/auth/login': 429 }));
  const accounts = [account('admin')];
  const limits = { signInsPerMinute: 5, refreshesPerMinute: 10, requestsPerMinute: 200 };
  const paced = { ...environment, paceSignIns: true, rateLimits: limits };
  const counted = await readDataSize({ target: { apiUrl }, environment: paced, accounts });
  assert.equal(received.length, 0);
  assert.deepEqual(Object.keys(counted.unknown), [...DATA_COUNTS]);
  assert.equal(counted.unknown.people, 'sign-ins are counted there');
  const refused = await readDataSize({ target: { apiUrl }, environment, accounts });
  assert.equal(refused.unknown.people, 'sign-in as admin: status 429');
  const nobody = await readDataSize({ target: { apiUrl }, environment, accounts: [] });
  assert.equal(nobody.unknown.people, 'no account to sign in with');
});

test('where sign-ins are counted it is read by the session of the check of accounts, without one of its own', async (t) => {
  const { apiUrl, received } = await serve(t, target({ '/admin/users': 403 }));
  const paced = { ...environment, paceSignIns: true };
  const sizes: DataSize[] = [];
  await checkAccounts({
    apiUrl,
    accounts: [account('faculty')],
    uses: new Map([['faculty', 1]]),
    source: 'accounts.yml',
    onlyOne: true,
    signedIn: async (role, tokens) => {
      sizes.push(await readDataSizeAs(role, tokens, { target: { apiUrl }, environment: paced }));
    },
  });
  assert.deepEqual([sizes[0]?.counts.assignments, sizes[0]?.unknown], [12_096, { users: 'status 403' }]);
  assert.equal(received.filter(({ url }) => url.includes('/auth/login')).length, 1);
});
