import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApiClient } from '../../../api/client/api-client.ts';
import { allOf } from '../../../api/client/pages.ts';
import * as absences from '../../../api/operations/absences.ts';
import * as assignments from '../../../api/operations/assignments.ts';
import * as auth from '../../../api/operations/auth.ts';
import * as blocks from '../../../api/operations/blocks.ts';
import * as people from '../../../api/operations/people.ts';
import * as templates from '../../../api/operations/rotation-templates.ts';
import type { Account } from '../../../fixtures/accounts.ts';
import { addDays, isoDate } from '../../../fixtures/data/dates.ts';
import type { EmbeddedScheduler } from '../../../measure/target/embedded.ts';
import { explained } from '../../cli/in-process.ts';

/** Its calendar ends four weeks before the data's, so that blocks are missing. */
export const SETTINGS = {
  SCHEDULER_PASSWORD_COST_MS: '1',
  SCHEDULER_TODAY: addDays(isoDate(Date.now()), -28),
};

export const here = ({ url }: { url: string }) => ({ BASE_URL: url, ENVIRONMENT: 'embedded' });

export async function seed(words: readonly string[], settings: Record<string, string>) {
  const { code, said } = await explained(['seed', ...words], settings);
  return { code, said: said.trim() };
}

export function fileWith(folder: string, name: string, accounts: readonly Account[]): string {
  const file = join(folder, name);
  writeFileSync(file, accounts.map((one) => `- ${JSON.stringify(one)}\n`).join(''), { mode: 0o600 });
  return file;
}

export const first = (role: Account['role'], { accounts }: EmbeddedScheduler) =>
  accounts.find((one) => one.role === role) as Account;
export const ofRole = (accounts: readonly Account[], role: string) =>
  accounts.filter((one) => one.role === role);

export async function client(account: Account, target: EmbeddedScheduler): Promise<ApiClient> {
  const api = new ApiClient({
    apiUrl: `${target.url}/api/v1`,
    recorder: { write: () => undefined },
    context: { session: 'test', role: account.role },
  });
  await api.signIn(account.username, account.password);
  return api;
}

/** Ids of all rows that the data could be among. */
export async function tables(target: EmbeddedScheduler): Promise<Record<string, string[]>> {
  const api = await client(first('admin', target), target);
  const ids = (rows: ReadonlyArray<{ id: string }>) => rows.map(({ id }) => id).sort();
  const rotations = await api.request(templates.list, { query: { include_archived: true } });
  const found = {
    users: ids((await api.request(auth.users)).data),
    people: ids((await api.request(people.list)).data.items),
    rotations: ids(rotations.data.items),
    blocks: ids((await api.request(blocks.list)).data.items),
    assignments: ids(await gathered(allOf(api, assignments.list, { size: 5000 }))),
    absences: ids(await gathered(allOf(api, absences.list, { size: 500 }))),
  };
  await api.close();
  return found;
}

async function gathered<T>(all: AsyncIterable<T>): Promise<T[]> {
  const rows: T[] = [];
  for await (const row of all) rows.push(row);
  return rows;
}

export function grown(from: Record<string, string[]>, to: Record<string, string[]>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(to).map(([table, rows]) => [table, rows.length - (from[table]?.length ?? 0)]),
  );
}
