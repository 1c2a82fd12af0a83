import assert from 'node:assert/strict';
import { checkEmbeddedNumbers } from '../../artillery/profile/accounts-needed.ts';
import { planOfFile } from '../../artillery/profile/plan-of-file.ts';
import { profileFiles } from '../../cli/run/profiles.ts';
import { sizeNamed } from '../../cli/seed/size.ts';
import { readEnvironment } from '../../config/environment.ts';
import type { Account } from '../../fixtures/accounts.ts';

/** `a`, `[profile...]`: left for the reader to fill in. */
const OPEN = /^\[|^[a-z]$/;

/**
 * A run on the embedded scheduler has an account for each of its users: it is refused otherwise.
 * @param words `npx loadtest run …` or `npx artillery run …`
 */
export function enoughAccounts(words: readonly string[], settings: Record<string, string>): void {
  if (settings.BASE_URL || settings.ENVIRONMENT) return;
  const given = (option: string, name: string) =>
    words[words.indexOf(option) + 1 || words.length] ?? settings[name];
  const { dataSize, ...scale } = readEnvironment({
    DATA_SIZE: settings.DATA_SIZE,
    DURATION: given('--duration', 'DURATION'),
    VUS: given('--vus', 'VUS'),
  });
  const options = words.findIndex((word) => word.startsWith('--'));
  const named = words.slice(words.indexOf('run') + 1, options < 0 ? undefined : options);
  if (named.length === 0 || named.some((word) => OPEN.test(word))) return;
  const plans = profileFiles(named).map(({ file }) => planOfFile(file, scale));
  const accounts = [...sizeNamed(dataSize).accounts].flatMap(([role, count]) =>
    Array.from({ length: count }, (_, index) => ({ role, username: `${role}${index}`, password: 'x' })),
  );
  const warning = checkEmbeddedNumbers(plans, accounts as Account[], dataSize);
  assert.equal(warning, undefined);
}
