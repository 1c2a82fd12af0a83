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
  try {
    const url = `${readEnvironment().apiUrl}/auth/register`;
    const status = await register(url, password);
    if (status === CREATED) console.log(`${USERNAME}: made; ${file} has its password`);
    else if (status === FORBIDDEN && !isNew) console.log(`${USERNAME}: there already`);
    else throw new ConfigError(refusal(url, status));
  } catch (error) {
    if (isNew) rmSync(file);
    throw error;
  }
}

function needed(name: string): string {
  const value = processEnv(name);
  if (value) return value;
  throw new ConfigError(`${name}: not set. Write it into docker/.env.`);
}

/** Gives the status of the answer. */
async function register(url: string, password: string): Promise<number> {
  const user = { username: USERNAME, email: `${USERNAME}@example.com`, password, role: 'admin' };
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(user) });
  await response.arrayBuffer();
  return response.status;
}

function refusal(url: string, status: number): string {
  if (status === FORBIDDEN)
    return `${url}: the target has users already, and none of them is known here. Write one of its admins into the accounts file.`;
  return `${url}: the first admin was refused with status ${status}. See the log of the backend.`;
}
