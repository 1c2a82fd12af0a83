import { acceptedFile, addAccepted, isExpired, readAccepted } from '../../compare/accepted.ts';
import { withLock } from '../../compare/file-lock.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { PASSED } from '../../config/exit-codes.ts';
import { visible } from '../../config/visible-text.ts';

type Given = Partial<Record<'metric' | 'limit' | 'reason' | 'until', string>>;

export async function acceptSlowdown({ metric, limit, reason, until }: Given): Promise<number> {
  const file = acceptedFile(readEnvironment().reportsDir);
  if ([metric, limit, reason, until].some((given) => given !== undefined)) {
    if (metric === undefined || limit === undefined || reason === undefined || until === undefined)
      throw new ConfigError('baseline accept: give --metric, --limit, --reason and --until together.');
    await withLock(file, () => addAccepted(file, { metric, limit: Number(limit), reason, until }));
  }
  const all = readAccepted(file);
  console.log(`${file}: ${all.length === 0 ? 'no slowdown is accepted' : `${all.length} accepted`}`);
  for (const one of all)
    console.log(
      visible(
        `  ${one.metric}, worse by up to ${one.limit}: ${one.reason} (until ${one.until}${isExpired(one) ? ', expired' : ''})`,
      ),
    );
  return PASSED;
}
