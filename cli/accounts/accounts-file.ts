/** A file of accounts that lines are added to. It holds passwords: nobody else may read it. */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { type Account, loadAccounts, parseAccounts } from '../../fixtures/accounts.ts';

/** Only the owner may read and write it. */
export const PRIVATE = 0o600;

/** One account as a line of the file. A text in JSON's quotes is one in YAML's. */
export function lineOf({ role, username, password }: Account): string {
  return `- { role: ${role}, username: ${username}, password: ${JSON.stringify(password)} }\n`;
}

export class AccountsFile {
  readonly path: string;
  readonly #header: string;

  /** @param header what a new file begins with: comment lines */
  constructor(path: string, header: string) {
    this.path = path;
    this.#header = header;
  }

  /**
   * The accounts that it holds; none where it is not there yet.
   * @throws {ConfigError} when it cannot be read, or lines cannot be added to what is in it
   */
  read(): Account[] {
    const text = existsSync(this.path) ? readFileSync(this.path, 'utf8') : '';
    if (text.replace(/^\s*(#.*)?$/gm, '') === '') return [];
    const accounts = loadAccounts(this.path);
    try {
      const one = { role: 'admin', username: 'one.more', password: 'one.more' } as const;
      if (parseAccounts(text + separator(text) + lineOf(one), this.path).length > accounts.length)
        return accounts;
    } catch {
      // Reported below.
    }
    throw new ConfigError(
      `Accounts file ${this.path}: lines cannot be added to it; begin each entry with \`- \` at the left edge, or name another --file`,
    );
  }

  /**
   * Adds an account. Gives what takes it away again.
   * @throws {ConfigError} when it cannot be written
   */
  add(account: Account): () => void {
    try {
      if (!existsSync(this.path)) writeFileSync(this.path, this.#header, { mode: PRIVATE, flag: 'wx' });
      const before = readFileSync(this.path);
      appendFileSync(this.path, separator(before.toString('utf8')) + lineOf(account));
      return () => truncateSync(this.path, before.length);
    } catch (error) {
      throw new ConfigError(cannotWrite(this.path, error));
    }
  }

  /**
   * Takes out the lines that `add` wrote for these accounts.
   * @throws {ConfigError} when it cannot be written
   */
  remove(accounts: readonly Account[]): void {
    if (accounts.length === 0) return;
    try {
      const gone = new Set(accounts.map(lineOf));
      const lines = readFileSync(this.path, 'utf8').match(/.*\n|.+$/g) ?? [];
      writeFileSync(this.path, lines.filter((line) => !gone.has(line)).join(''));
    } catch (error) {
      throw new ConfigError(cannotWrite(this.path, error));
    }
  }
}

export function cannotWrite(path: string, error: unknown): string {
  return `${path}: cannot be written (${(error as NodeJS.ErrnoException).code}); name another file, in a folder that is there`;
}

/** Whether git would take the file into a commit; false also where there is no git. */
export function isSeenByGit(path: string): boolean {
  const { status } = spawnSync('git', ['check-ignore', '--quiet', '--', path], { cwd: dirname(path) });
  return status === 1;
}

function separator(text: string): string {
  return text === '' || text.endsWith('\n') ? '' : '\n';
}
