/** What of the suite's data is on a target, and how it goes away. */

import type { Leftover } from '../../analysis/summary/summary.ts';
import type { ApiClient } from '../../api/client/api-client.ts';
import { inBatches } from '../../api/client/batches.ts';
import { allOf } from '../../api/client/pages.ts';
import { operation } from '../../api/operation.ts';
import * as absences from '../../api/operations/absences.ts';
import * as admin from '../../api/operations/admin.ts';
import * as assignments from '../../api/operations/assignments.ts';
import * as batch from '../../api/operations/batch.ts';
import * as people from '../../api/operations/people.ts';
import * as portal from '../../api/operations/portal.ts';
import * as templates from '../../api/operations/rotation-templates.ts';
import { isOurs } from '../../fixtures/data/generate.ts';
import { isInterruption } from '../../measure/steps/failure.ts';

/** A killed soak test leaves thousands; the target has other users too. */
const AT_A_TIME = 4;

export interface Cleaned {
  removed: Item[];
  failed: Array<Item & { why: string }>;
  /** The application offers no way to remove them. */
  kept: Kept[];
  /** A signal came before everything was tried. */
  isInterrupted?: boolean;
}

/** `request`: of a swap that is still open, which the colleague it went to may decline. */
type Kept = Item & { why: string; request?: string };

interface Item {
  what: string;
  name: string;
}

interface Found extends Item {
  path: string;
}

type Client = Pick<ApiClient, 'request'>;
type Row = { id: string; [field: string]: unknown };

/**
 * Removes by prefix, and by the paths that runs noted.
 * @param leftovers what leftovers.json files name
 */
export async function cleanTarget(
  api: Client,
  leftovers: readonly Leftover[],
  { dryRun }: { dryRun: boolean },
): Promise<Cleaned> {
  const cleaned: Cleaned = { removed: [], failed: [], kept: [] };
  const found = await findOurs(api);
  for (const { path, what, name } of leftovers) {
    if (path && !found.some((one) => one.path === path)) found.push({ what, name, path });
  }
  const statuses = dryRun
    ? []
    : await inBatches(found, ({ path }) => remove(api, path), { atATime: AT_A_TIME });
  for (const [index, { what, name }] of found.entries()) {
    const removal = statuses[index];
    if (removal?.status === 'rejected') {
      if (!isInterruption(removal.reason)) throw removal.reason;
      cleaned.isInterrupted = true;
      continue;
    }
    const status = removal?.value ?? 204;
    if (status === 200 || status === 204) cleaned.removed.push({ what, name });
    else if (status !== 404) cleaned.failed.push({ what, name, why: `DELETE answered ${status}` });
  }
  if (cleaned.isInterrupted) return cleaned;
  cleaned.kept.push(...(await openSwaps(api)));
  for (const { what, name, why, path, canBeUndone } of leftovers) {
    if (path || cleaned.kept.some((one) => one.name === name) || isOurs(name)) continue;
    cleaned.kept.push({ what, name, why: canBeUndone ? `${why}; look for it by hand` : why });
  }
  return cleaned;
}

/** Status of the answer. */
async function remove(api: Client, path: string): Promise<number> {
  const options = { mayFail: true, expect: [200, 204, 404] };
  // The plain way answers 500 after its commit (docs/contract/api.md §5.6).
  const [, assignment] = /^\/assignments\/([^/]+)$/.exec(path) ?? [];
  if (assignment !== undefined) {
    const body = { assignments: [{ assignment_id: assignment }] };
    return (await api.request(batch.remove, { ...options, body, expect: [200, 400] })).status === 200
      ? 200
      : 404;
  }
  const plain = operation({ name: 'clean.remove', class: 'write', method: 'DELETE', path });
  return (await api.request(plain, options)).status;
}

async function findOurs(api: Client): Promise<Found[]> {
  const found: Found[] = [];
  const keep = async (
    what: string,
    path: string,
    rows: Iterable<Row> | AsyncIterable<Row>,
    fields: string[],
  ) => {
    for await (const row of rows) {
      const name = fields.map((field) => String(row[field] ?? '')).find((text) => isOurs(text));
      if (name) found.push({ what, name, path: `${path}/${row.id}` });
    }
  };
  const { items: everybody } = (await api.request(people.list)).data;
  const { items: rotations } = (await api.request(templates.list)).data;
  const users = allOf(api, admin.users, { size: 100, by: 'pageSize' });
  await keep('absence', '/absences', allOf(api, absences.list, { size: 500 }), ['notes']);
  await keep('person', '/people', everybody, ['name', 'email']);
  await keep('user', '/admin/users', users, ['email', 'first_name', 'last_name', 'username']);
  await keep('assignment', '/assignments', allOf(api, assignments.list, { size: 5000 }), ['notes']);
  await keep('rotation template', '/rotation-templates', rotations, ['name']);
  return found;
}

/** Requests on the marketplace that the suite made: the portal cannot take them back. */
async function openSwaps(api: Client): Promise<Cleaned['kept']> {
  const { data, ok } = await api.request(portal.marketplace, { mayFail: true });
  return (ok ? data.entries : []).flatMap(({ reason, request_id: request }) =>
    reason && isOurs(reason)
      ? [
          {
            what: 'swap request',
            name: reason,
            why: 'only the colleague it went to can decline it, and no account of theirs is in the file',
            request,
          },
        ]
      : [],
  );
}

/**
 * Declines open requests of the suite in the name of the colleague they went to: the portal has no other way to end one.
 * @param colleague signed in as a faculty member
 */
export async function declineSwaps(colleague: Client, { kept }: Cleaned, dryRun: boolean): Promise<Kept[]> {
  const open = new Map(kept.flatMap((one) => (one.request ? [[one.request, one] as const] : [])));
  const { data, ok } = await colleague.request(portal.mySwaps, { mayFail: true });
  const declined: Kept[] = [];
  for (const { id } of ok ? data.incoming_requests : []) {
    const mine = open.get(id);
    if (!mine) continue;
    const answer = dryRun
      ? { ok: true }
      : await colleague.request(portal.respondToSwap, {
          params: { id },
          body: { accept: false },
          mayFail: true,
        });
    if (answer.ok) declined.push(mine);
  }
  return declined;
}
