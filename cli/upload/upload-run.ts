import { plural } from '../../analysis/format.ts';
import { concludedRun, runDirectory } from '../../compare/concluded-run.ts';
import { readEnvironment } from '../../config/environment.ts';
import { ConfigError } from '../../config/errors.ts';
import { INTERRUPTED, PASSED } from '../../config/exit-codes.ts';
import { secretsOfServers, serverNamed } from '../../config/metric-servers.ts';
import { didYouMean } from '../../config/nearest-name.ts';
import { SERVER_NAMES, type ServerName } from '../../config/server-names.ts';
import { boundedRows, MOST_SERIES } from '../../exports/bounded-rows.ts';
import { openServer } from '../../exports/open-server.ts';
import { PROGRESS_FILE, Progress } from '../../exports/progress.ts';
import type { Row } from '../../exports/row.ts';
import { runRows } from '../../exports/run-rows.ts';
import { sendAll } from '../../exports/send-all.ts';
import type { Server } from '../../exports/server.ts';
import { UploadFailed } from '../../exports/upload-failed.ts';
import { newestRun } from '../../measure/run/directory.ts';
import { signals } from '../../runner/signals.ts';

interface Values {
  to?: readonly string[];
  again?: boolean;
}

/** Each server gets what it lacks, whatever became of the one before. Gives the exit code of the first that failed. */
export async function uploadRun(named: string | undefined, { to = [], again }: Values): Promise<number> {
  const names = [...new Set(to.map(serverName))];
  if (names.length === 0) throw new ConfigError(`--to: no server is named. Name ${SERVER_NAMES.join(', ')}.`);
  const { reportsDir, metricServers } = readEnvironment();
  const settings = names.map((name) => serverNamed(name, metricServers));
  const runDir = named === undefined ? newestRun(reportsDir) : runDirectory(named, reportsDir);
  const { summary } = concludedRun(runDir);
  const { rows, leftOut } = boundedRows(runRows(summary));
  for (const [measurement, series] of leftOut)
    console.error(
      `${measurement}: ${plural(series, 'series', 'series')} left out, beyond ${MOST_SERIES} of a run`,
    );
  const stop = new AbortController();
  const unregister = signals.register({ first: () => stop.abort() });
  let exitCode = PASSED;
  try {
    for (const one of settings) {
      const server = await openServer(one, secretsOfServers(metricServers));
      const code = await upload(server, rows, { runDir, again, signal: stop.signal });
      exitCode ||= code;
    }
  } finally {
    unregister();
  }
  return stop.signal.aborted ? INTERRUPTED : exitCode;
}

interface Upload {
  runDir: string;
  again?: boolean;
  signal: AbortSignal;
}

async function upload(
  server: Server,
  rows: readonly Row[],
  { runDir, again, signal }: Upload,
): Promise<number> {
  const progress = new Progress(runDir, server.where, rows);
  const known = progress.taken;
  const from = again ? 0 : (known ?? 0);
  let taken = from;
  if (from === rows.length) {
    console.log(`${server.where}: has all ${rows.length} rows already (--again sends them again)`);
    return PASSED;
  }
  // Whatever ends this process, the next one knows that the first batch may be there.
  if (known === undefined) progress.note(0);
  try {
    await sendAll(server, rows, {
      from,
      known,
      signal,
      onTaken: (so) => {
        taken = so;
        progress.note(so);
      },
      onRepeated: (repeated) =>
        console.error(
          `${server.where}: refused ${plural(repeated, 'row')} that were sent before; it takes their newest values again, so that they count as there`,
        ),
      onWait: ({ status, message }, ms) => {
        const said = status === undefined ? message : `answered ${status}`;
        console.error(`${server.where}: ${said}; tried again in ${Math.ceil(ms / 1000)} s`);
      },
    });
  } catch (error) {
    if (!(error instanceof UploadFailed)) throw error;
    console.error(error.message);
    return error.exitCode;
  } finally {
    if (progress.trouble)
      console.error(
        `${runDir}/${PROGRESS_FILE}: cannot be written (${progress.trouble}). An upload that breaks off begins from the start.`,
      );
  }
  const went = from > 0 ? `, ${taken - from} of them now` : '';
  console.log(`${server.where}: ${taken} of ${rows.length} rows of ${runDir} are there${went}`);
  return PASSED;
}

function serverName(given: string): ServerName {
  const found = SERVER_NAMES.find((name) => name === given);
  if (found) return found;
  const near = didYouMean(given, [...SERVER_NAMES]) || ';';
  throw new ConfigError(`--to ${given}: not known${near} write ${SERVER_NAMES.join(', ')}`);
}
