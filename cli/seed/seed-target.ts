/** `npx loadtest seed`. */

import { plural } from '../../analysis/format.ts';
import type { ApiClient } from '../../api/client/api-client.ts';
import * as auth from '../../api/operations/auth.ts';
import type { Environment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { FAILED, INTERRUPTED, PASSED } from '../../config/exit-codes.ts';
import type { Account } from '../../fixtures/accounts.ts';
import { isoDate } from '../../fixtures/data/dates.ts';
import { isInterruption } from '../../measure/steps/failure.ts';
import { checkTarget } from '../../measure/target/probe.ts';
import { noteSignIn } from '../../measure/target/unpaced-sign-ins.ts';
import { clientUntilAborted } from '../../runner/client-until-aborted.ts';
import { unrecordedClient } from '../../runner/preflight/unrecorded-client.ts';
import { interruptible } from '../../runner/signals.ts';
import { AccountsFile, isSeenByGit } from '../accounts/accounts-file.ts';
import { Pace, REGISTRATIONS } from '../accounts/pace.ts';
import {
  accountsPath,
  adminOf,
  allowedTarget,
  type Maker,
  shown,
  signInAdmin,
  waitUntilAborted,
} from '../accounts/target.ts';
import { NotMade } from '../accounts/work.ts';
import type { TargetValues } from '../target-options.ts';
import { fill } from './fill.ts';
import { type Marks, marksOf } from './marks.ts';
import { type Client, patientClient } from './patient-client.ts';
import { isEmpty, planFor, type Wanted } from './plan.ts';
import { contentsOf, leftToDo, progressLines, timeFor } from './said.ts';
import { type Size, sizeNamed } from './size.ts';
import { seededOn, type Undone, undo } from './undo.ts';

const WHO = 'loadtest seed';
const HEADER = `# Accounts made by \`npx loadtest seed\`. It holds passwords: keep it out of git.\n`;
const MAKER: Maker = {
  who: WHO,
  what: 'data',
  changes: ['people', 'users', 'schedule', 'assignments', 'absences', 'templates'],
  otherwise: 'name another target',
};

interface Options extends TargetValues {
  size?: string;
  prefix: string;
  file?: string;
  undo: boolean;
  dryRun: boolean;
}

interface Seeding {
  environment: Environment;
  file: AccountsFile;
  marks: Marks;
  /** Accounts of the prefix that are in the file. */
  known: Account[];
  dryRun: boolean;
}

/** Gives the exit code. @throws ConfigError, TargetUnreachable */
export async function seedTarget({
  size: named,
  prefix,
  undo: isUndo,
  dryRun,
  ...target
}: Options): Promise<number> {
  const marks = marksOf(prefix);
  if (isUndo && named !== undefined)
    throw new ConfigError(`${WHO}: --undo removes all of the prefix, whatever its size. Leave out --size.`);
  const size = isUndo ? undefined : sizeNamed(named);
  const environment = await allowedTarget(MAKER, target);
  const { baseUrl = '', apiUrl = '', insecureTls, basicAuth } = environment;
  const path = accountsPath(WHO, target.file, environment);
  const file = new AccountsFile(path, HEADER);
  const all = file.read();
  const isOther = ({ username }: Account) => !marks.isAccount(username);
  const what = `whose name does not begin with ${prefix}-`;
  const admin = adminOf({ who: WHO, what }, all, environment, isOther);
  await checkTarget(baseUrl, apiUrl, undefined, insecureTls, basicAuth);
  const api = unrecordedClient('seed', 'admin', { apiUrl, insecureTls });
  try {
    noteSignIn(apiUrl, environment.cacheDir);
    await signInAdmin(WHO, api, admin, path);
    await checkRole(api, admin, path);
    const seeding = { environment, file, marks, known: all.filter((one) => !isOther(one)), dryRun };
    return await endedInWords((signal) =>
      size ? makeMissing(api, size, seeding, signal) : removeAll(api, seeding, signal),
    );
  } finally {
    await api.signOut().catch(() => undefined); // what was to be done is done
    await api.close();
  }
}

async function checkRole(api: ApiClient, { username }: Account, path: string): Promise<void> {
  const { role } = (await api.request(auth.me)).data;
  if (role === 'admin') return;
  throw new ConfigError(
    `${WHO}: ${username} is ${role} on the target, and only an admin can make users. Correct the role in ${shown(path)}, and add an admin.`,
  );
}

/** The exit code of the work, or of how it was broken off. */
async function endedInWords(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  try {
    return await interruptible(work);
  } catch (error) {
    const goesOn = 'the same command goes on from there';
    if (isInterruption(error)) {
      console.log(`interrupted: ${goesOn}`);
      return INTERRUPTED;
    }
    if (!(error instanceof NotMade)) throw error;
    console.error(`${error.message}. ${goesOn[0]?.toUpperCase()}${goesOn.slice(1)}.`);
    return FAILED;
  }
}

async function makeMissing(
  api: ApiClient,
  size: Size,
  seeding: Seeding,
  signal: AbortSignal,
): Promise<number> {
  const { environment, file, marks, known, dryRun } = seeding;
  const wait = waitUntilAborted(signal);
  const waiting = { wait, tell: console.log };
  const raw = clientUntilAborted(api, signal);
  const patient = patientClient(raw, waiting);
  await refuseUnknownPasswords(patient, seeding);
  const wanted: Wanted = { size, marks, known, today: isoDate(Date.now()) };
  const plan = await planFor(patient, wanted);
  if (isEmpty(plan)) {
    console.log(`${environment.baseUrl} has all of it already: nothing to make`);
    return PASSED;
  }
  const isPaced = environment.rateLimits !== undefined;
  console.log(`to make on ${environment.baseUrl}, with prefix ${marks.prefix}, ${timeFor(plan, isPaced)}:`);
  for (const line of contentsOf(plan)) console.log(`  - ${line}`);
  if (dryRun) return PASSED;
  const pace = isPaced ? new Pace(REGISTRATIONS, { wait }) : undefined;
  await fill(plan, wanted, { ...waiting, api: raw, file, pace, progress: progressLines() });
  console.log(`all of it is there; the passwords are in ${shown(file.path)}`);
  for (const line of leftToDo()) console.log(line);
  if (isSeenByGit(file.path))
    console.log(`${shown(file.path)} is not ignored by git: keep it out of commits`);
  return PASSED;
}

/** @throws {ConfigError} for accounts of the prefix whose passwords are in another file, or lost */
async function refuseUnknownPasswords(api: Client, { file, marks, known }: Seeding): Promise<void> {
  const names = new Set(known.map(({ username }) => username));
  const users = (await api.request(auth.users)).data;
  const strange = users.filter(({ username }) => marks.isAccount(username) && !names.has(username));
  if (strange.length === 0) return;
  throw new ConfigError(
    `${WHO}: ${plural(strange.length, 'account')} with prefix ${marks.prefix} on the target, e.g. ${strange[0]?.username}, not in ${shown(file.path)}. Name the --file that has their passwords, choose another --prefix, or remove them with --undo.`,
  );
}

async function removeAll(api: ApiClient, seeding: Seeding, signal: AbortSignal): Promise<number> {
  const { environment, file, marks, known, dryRun } = seeding;
  const waiting = { wait: waitUntilAborted(signal), tell: console.log };
  const patient = patientClient(clientUntilAborted(api, signal), waiting);
  const seeded = await seededOn(patient, marks);
  const kinds = Object.entries(seeded).filter(([, { length }]) => length > 0);
  if (kinds.length === 0) {
    console.log(`${environment.baseUrl} has nothing with prefix ${marks.prefix}: nothing to remove`);
    if (!dryRun) file.remove(known);
    return PASSED;
  }
  if (dryRun) {
    for (const [what, { length }] of kinds) console.log(`would remove ${what}: ${length}`);
    return PASSED;
  }
  const undone: Undone = { users: [], removed: new Map(), left: [] };
  try {
    await undo(patient, seeded, { marks, progress: progressLines(), undone });
  } finally {
    const gone = new Set(undone.users);
    const there = new Set(seeded.users.flatMap(({ name }) => (gone.has(name) ? [] : name)));
    file.remove(known.filter(({ username }) => !there.has(username)));
    for (const [what, count] of undone.removed) console.log(`removed ${what}: ${count}`);
    for (const line of undone.left) console.log(`could not remove ${line}`);
  }
  console.log(
    'the target keeps its logs and histories of all that was made and removed: no request removes them',
  );
  return undone.left.length === 0 ? PASSED : FAILED;
}
