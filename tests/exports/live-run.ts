/** A real run whose live figures go to two servers, of which one is ended in the middle: the run takes no harm. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { PASSED } from '../../config/exit-codes.ts';
import type { Value } from '../../exports/row.ts';
import { newestRun } from '../../measure/run/directory.ts';
import { apartFromMachine } from '../../tools/apart-from-machine.ts';
import { influx1, prometheus, type RealServer } from './real-servers.ts';
import { program } from './suite-program.ts';

export interface Finding {
  what: string;
  found: string;
  ok: boolean;
}

const ARTILLERY = 'node_modules/artillery/bin/run';

export async function liveRun(folder: string): Promise<{ runDir: string; findings: Finding[] }> {
  const kept = await influx1(join(folder, 'live-influx'));
  const ended = await prometheus(join(folder, 'live-prometheus'), 'prometheus');
  const reports = join(folder, 'runs');
  try {
    const settings = {
      ...kept.settings,
      ...ended.settings,
      LIVE_TO: 'influxdb,prometheus',
      REPORTS_DIR: reports,
    };
    const words = [ARTILLERY, 'run', 'artillery/smoke.yml'];
    const going = program(words, settings);
    const timer = setInterval(() => endWhenReached(ended, () => clearInterval(timer)), 500);
    const { code, said } = await going;
    clearInterval(timer);
    const runDir = newestRun(reports);
    const file = join(runDir, 'summary.json');
    const summary = JSON.parse(readFileSync(file, 'utf8')) as Summary;
    const findings = [unharmed(summary, code), warned(said), provisional(summary, await kept.values())];
    // `upload` refuses an invalid run, and others' work on the machine says nothing against what servers keep of it.
    writeFileSync(file, JSON.stringify({ ...summary, ...apartFromMachine(summary) }));
    return { runDir, findings };
  } finally {
    await kept.stop();
    await ended.stop();
  }
}

/** Ends it as a crash would, as soon as it has live figures. */
async function endWhenReached(server: RealServer, done: () => void): Promise<void> {
  const values = await server.values().catch(() => []);
  if (values.length === 0) return;
  done();
  await server.stop();
}

function unharmed(summary: Summary, code: number | null): Finding {
  const { verdict, reasons } = apartFromMachine(summary);
  const isGreen = verdict === 'pass' || verdict === 'warn';
  const found = `exit code ${code}, verdict ${summary.verdict}; apart from a busy machine ${verdict} ${reasons.join('; ')}`;
  return {
    what: 'the run whose server went away',
    found: found.trim(),
    ok: isGreen && (code === PASSED || summary.verdict === 'invalid'),
  };
}

function warned(said: string): Finding {
  const lines = said
    .split('\n')
    .filter((line) => line.includes('live figures are left out, the run goes on'));
  return { what: 'lines about it', found: lines.join(' ') || 'none', ok: lines.length === 1 };
}

/** The last live counts are those of the summary, or, of a run that ended a moment later, hardly less. */
function provisional({ counts }: Summary, values: readonly Value[]): Finding {
  const last = values
    .filter(({ metric, labels }) => metric === 'loadtest_live_requests' && labels.provisional === 'true')
    .sort((a, b) => b.t - a.t)[0];
  const found = `${last?.value} requests in the last live figures, ${counts.requests.n} in the summary`;
  return { what: 'live figures at the other server', found, ok: last?.value === counts.requests.n };
}
