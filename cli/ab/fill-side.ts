/** Data of a known size on a side, by `npx loadtest seed`: what is there already is left. */
import { join } from 'node:path';
import { ConfigError } from '../../config/errors.ts';
import { PASSED, WRONG_USE } from '../../config/exit-codes.ts';
import { ROOT } from '../../config/root.ts';
import { lastLine } from './last-line.ts';
import { type Side, SideFailure } from './side.ts';
import { suiteCommand } from './suite-command.ts';

/**
 * @param size as `--size` takes it
 * @param folder for the log
 * @throws {ConfigError} it may not be filled
 * @throws {SideFailure} it could not be
 */
export async function fillSide(
  { name, url, accounts }: Pick<Side, 'name' | 'url' | 'accounts'>,
  size: string,
  folder: string,
): Promise<void> {
  const log = join(folder, `seed-${name.toLowerCase()}.log`);
  const file = accounts === undefined ? [] : ['--file', accounts];
  const words = [join(ROOT, 'cli/loadtest.ts'), 'seed', '--size', size, ...file];
  const code = await suiteCommand(words, { BASE_URL: url, API_URL: undefined }, log);
  if (code === PASSED) return;
  const said = `--seed ${size}: ${name} was not filled: ${lastLine(log)}`;
  if (code === WRONG_USE) throw new ConfigError(said);
  throw new SideFailure(`${said}. See ${log}.`);
}
