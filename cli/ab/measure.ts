/** One measurement of one side: a run in a process of its own, with a report of its own. */
import { join } from 'node:path';
import { concludedRun } from '../../compare/concluded-run.ts';
import { type RunFigures, runFigures } from '../../compare/run-figures.ts';
import { processEnv } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { INTERRUPTED, INVALID, UNREACHABLE, WRONG_USE } from '../../config/exit-codes.ts';
import { newestRun } from '../../measure/run/directory.ts';
import { lastLine } from './last-line.ts';
import { type Side, SideFailure } from './side.ts';
import { suiteCommand } from './suite-command.ts';

export interface Measurement {
  round: number;
  seed: number;
  /** Of the command that measures, which Node runs. */
  words: readonly string[];
  /** Of the whole comparison. */
  folder: string;
}

/** Undefined: the run is invalid, for a reason that is not its target's. `interrupted`: the user ended it. */
export type Measured = RunFigures | 'interrupted' | undefined;

/**
 * @throws {SideFailure} the side ended, or does not answer any more
 * @throws {ConfigError} the run was refused
 */
export async function measure(side: Side, { round, seed, words, folder }: Measurement): Promise<Measured> {
  const reports = join(folder, 'runs');
  const log = join(folder, `round-${round}-${side.name.toLowerCase()}.log`);
  const variables = {
    BASE_URL: side.url,
    API_URL: undefined,
    SEED: String(seed),
    REPORTS_DIR: reports,
    LABEL: `round-${round}-${side.name.toLowerCase()}`,
    // Users who hardly think: medians need many requests in half a minute.
    THINK: processEnv('THINK') ?? '0.2',
    ...(side.accounts && { ACCOUNTS_FILE: side.accounts }),
  };
  const code = await suiteCommand(words, variables, log);
  if (code === INTERRUPTED) return 'interrupted';
  const how = side.ended();
  const about = `${side.name} in round ${round}`;
  if (how !== undefined) throw new SideFailure(`${about}: its process ended with ${how}. See ${log}.`);
  if (code === UNREACHABLE) throw new SideFailure(`${about}: it does not answer any more. See ${log}.`);
  if (code === WRONG_USE) throw new ConfigError(`${about}: the run was refused. ${lastLine(log)}`);
  if (code === INVALID) return undefined;
  const { summary, schema } = concludedRun(newestRun(reports));
  return runFigures(summary, schema);
}
