/**
 * Makes the first user of an empty deployment, who becomes its admin whatever role is asked for (docs/contract/api.md §5.1), and
 * writes it to the file ACCOUNTS_FILE: `npx loadtest seed` signs in with it. Changes nothing where both are there.
 * Exits 0, or 2 with a line that says what to do.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { processEnv, readEnvironment } from '../config/environment.ts';
import { ConfigError } from '../config/errors.ts';

const USERNAME = 'first-admin';
const PASSWORD = 'FIRST_ADMIN_PASSWORD';
/** Only the owner may read and write it. */
const PRIVATE = 0o600;
const CREATED = 201;
/** Of a registration by nobody where there are users. */
const FORBIDDEN = 403;
/** Of a connection that never was: nothing was asked. */
const NOT_REACHED = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

try {
  await makeFirstAdmin();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

async function makeFirstAdmin(): Promise<void> {
  const [file, password] = [needed('ACCOUNTS_FILE'), needed(PASSWORD)];
  const isNew = !existsSync(file);
  // The password is in the file before the target hears of it.
  if (isNew) {
    const account = `{ role: admin, username: ${USERNAME}, password: ${JSON.stringify(password)} }`;
    writeFileSync(file, `# It holds passwords: keep it out of git.\n- ${account}\n`, { mode: PRIVATE });
  }
  let outcome: Outcome = { mayBeMade: false };
  try {
    const url = `${readEnvironment().apiUrl}/auth/register`;
    outcome = await register(url, password);
    const { status, mayBeMade } = outcome;
    if (status === CREATED) console.log(`${USERNAME}: made; ${file} has its password`);
    else if (status === FORBIDDEN && !isNew) console.log(`${USERNAME}: there already`);
    else throw new ConfigError(mayBeMade ? unknown(url, file, status) : refusal(url, status));
  } catch (error) {
    // A user that may be there keeps its password, and a file of an admin that is none would mislead.
    if (isNew && !outcome.mayBeMade) rmSync(file);
    throw error;
  }
}

function needed(name: string): string {
  const value = processEnv(name);
  if (value) return value;
  throw new ConfigError(`${name}: not set. Write it into docker/.env.`);
}

interface Outcome {
  /** Absent: no answer. */
  status?: number;
  /** The target has the user, or failed or fell silent after it was asked. */
  mayBeMade: boolean;
}

async function register(url: string, password: string): Promise<Outcome> {
  const user = { username: USERNAME, email: `${USERNAME}@example.com`, password, role: 'admin' };
  const headers = { 'content-type': 'application/json' };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(user) });
    await response.body?.cancel();
    const { status } = response;
    return { status, mayBeMade: status === CREATED || status >= 500 };
  } catch (error) {
    const { code = '' } = (error as { cause?: NodeJS.ErrnoException }).cause ?? {};
    return { mayBeMade: !NOT_REACHED.includes(code) };
  }
}

function unknown(url: string, file: string, status: number | undefined): string {
  const answer = status === undefined ? 'no answer' : `answered ${status}`;
  return `${url}: ${answer}; the first admin may be there, and ${file} keeps its password. See the log of the backend, and run this again.`;
}

function refusal(url: string, status: number | undefined): string {
  if (status === undefined) return `${url}: not reached. Start the backend, and run this again.`;
  if (status === FORBIDDEN)
    return `${url}: the target has users already, and none of them is known here. Write one of its admins into the accounts file.`;
  return `${url}: the first admin was refused with status ${status}. See the log of the backend.`;
}
