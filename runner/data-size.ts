/** Reads how much data a target holds, before a run and after it. */
import type { ApiClient } from '../api/client/api-client.ts';
import { ApiFailure } from '../api/client/failure.ts';
import * as absences from '../api/operations/absences.ts';
import * as admin from '../api/operations/admin.ts';
import * as assignments from '../api/operations/assignments.ts';
import * as drafts from '../api/operations/drafts.ts';
import * as halfDays from '../api/operations/half-days.ts';
import * as people from '../api/operations/people.ts';
import * as swaps from '../api/operations/swaps.ts';
import type { Environment } from '../config/environment.ts';
import { ACCOUNT_ROLES, type AccountRole } from '../config/roles.ts';
import type { Account } from '../fixtures/accounts.ts';
import { addDays, isoDate } from '../fixtures/data/dates.ts';
import { DATA_COUNTS, type DataCount, type DataSize } from '../measure/run/data-size.ts';
import type { SignedIn } from '../measure/target/check-accounts.ts';
import type { Target } from '../measure/target/target.ts';
import { unrecordedClient } from './preflight/unrecorded-client.ts';

/** All of it: a target that takes longer has something else to do. */
const WITHIN_MS = 10_000;
const DAYS = 7;

type Client = Pick<ApiClient, 'request'>;

interface DataOf {
  target: Pick<Target, 'apiUrl'>;
  environment: Pick<Environment, 'insecureTls' | 'rateLimits' | 'paceSignIns'>;
  accounts: readonly Account[];
}

/** Reads only, a page of one row where lists have pages. Never throws: what cannot be counted says why. */
export async function readDataSize({ target, environment, accounts }: DataOf): Promise<DataSize> {
  const account = ACCOUNT_ROLES.map((role) => accounts.find((one) => one.role === role)).find(Boolean);
  if (!account) return nothingKnown('no account to sign in with');
  // The run needs each of them.
  if (environment.paceSignIns || environment.rateLimits) return nothingKnown('sign-ins are counted there');
  const { insecureTls } = environment;
  const api = unrecordedClient('data size', account.role, { apiUrl: target.apiUrl, insecureTls });
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<DataSize>((resolve) => {
    timer = setTimeout(() => resolve(nothingKnown(`not answered within ${WITHIN_MS / 1000} s`)), WITHIN_MS);
  });
  try {
    return await Promise.race([counted(api, account), tooLong]);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    return nothingKnown(`sign-in as ${account.username}: ${whyOf(error)}`);
  } finally {
    clearTimeout(timer);
    await api.close();
  }
}

async function counted(api: ApiClient, { username, password }: Account): Promise<DataSize> {
  await api.signIn(username, password);
  const size = await countData(api);
  await api.signOut().catch(() => undefined); // its token is of no more use to anybody
  return size;
}

/** As `readDataSize`, by a session that the check of accounts signed in: it costs no sign-in of its own. */
export async function readDataSizeAs(
  role: AccountRole,
  tokens: SignedIn,
  { target, environment }: Omit<DataOf, 'accounts'>,
): Promise<DataSize> {
  const { insecureTls } = environment;
  const api = unrecordedClient('data size', role, { apiUrl: target.apiUrl, insecureTls });
  try {
    api.goOnWith(tokens);
    return await countData(api);
  } finally {
    await api.close();
  }
}

/** With a client that is signed in. */
export async function countData(api: Client): Promise<DataSize> {
  const size: DataSize = { at: new Date().toISOString(), counts: {}, unknown: {} };
  const note = async (names: readonly DataCount[], ask: () => Promise<readonly number[]>) => {
    try {
      const counts = await ask();
      for (const [index, name] of names.entries()) size.counts[name] = counts[index] as number;
    } catch (error) {
      if (!(error instanceof ApiFailure)) throw error;
      for (const name of names) size.unknown[name] = whyOf(error);
      if (isDown(error)) size.failed = [...(size.failed ?? []), ...names];
    }
  };
  const today = isoDate(Date.now());
  const week = { start_date: today, end_date: addDays(today, DAYS - 1) };
  const onePage = { query: { page: 1, page_size: 1 } };
  // One after the other: a target with one event loop has other work.
  await note(['people', 'residents'], async () => {
    const { items, total } = (await api.request(people.list)).data;
    return [total, items.filter(({ type }) => type === 'resident').length];
  });
  await note(['users'], async () => [
    (await api.request(admin.users, { query: { page: 1, pageSize: 1 } })).data.total,
  ]);
  await note(['assignments'], async () => [(await api.request(assignments.list, onePage)).data.total]);
  await note(['halfDays'], async () => [(await api.request(halfDays.list, { query: week })).data.total]);
  await note(['absences'], async () => [(await api.request(absences.list, onePage)).data.total]);
  await note(['swaps'], async () => [(await api.request(swaps.history, onePage)).data.total]);
  await note(['drafts'], async () => [(await api.request(drafts.list, onePage)).data.total]);
  return size;
}

function nothingKnown(why: string): DataSize {
  const unknown = Object.fromEntries(DATA_COUNTS.map((name) => [name, why]));
  return { at: new Date().toISOString(), counts: {}, unknown };
}

/** Others are refusals, or calls that the target does not have. */
function isDown({ status }: ApiFailure): boolean {
  return status === 0 || status >= 500;
}

function whyOf({ status, message }: ApiFailure): string {
  return status > 0 ? `status ${status}` : message;
}
