/**
 * `npm run test:exports`: a real run is uploaded to real servers, asked for again, and compared with its summary.json, value by
 * value. Without a run it makes one, whose live figures go to two servers, of which one is ended in the middle. Prints a line for each
 * and, last, `N passed, N failed`. Exits 1 when a value differs, or a run took harm.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Summary } from '../../analysis/summary/summary.ts';
import { runProgram } from '../../config/command-line/run-program.ts';
import { FAILED, PASSED } from '../../config/exit-codes.ts';
import { boundedRows } from '../../exports/bounded-rows.ts';
import { PROGRESS_FILE } from '../../exports/progress.ts';
import { type Value, valuesOf } from '../../exports/row.ts';
import { runRows } from '../../exports/run-rows.ts';
import { type Finding, liveRun } from './live-run.ts';
import { losingAnswers } from './lost-answers.ts';
import { influx1, prometheus, type RealServer, victoriaMetrics } from './real-servers.ts';
import { suite } from './suite-program.ts';

const SERVERS: Array<(folder: string) => Promise<RealServer>> = [
  influx1,
  (folder) => victoriaMetrics(folder, 'influxdb'),
  (folder) => victoriaMetrics(folder, 'prometheus'),
  (folder) => prometheus(folder, 'prometheus'),
  (folder) => prometheus(folder, 'otlp'),
  async (folder) => losingAnswers(await prometheus(folder, 'prometheus', 'none'), 'PROMETHEUS_URL'),
  async (folder) => losingAnswers(await prometheus(folder, 'otlp', 'none'), 'OTLP_URL'),
];

/** VictoriaMetrics keeps decimals of 12 digits and more; all others keep each bit. */
const SAME = 1e-11;

await runProgram({
  name: 'npm run test:exports --',
  about: 'upload a run to real servers of metrics and compare what they then have with its summary',
  argument: ['[run]', 'a concluded run directory (default: a smoke run is made, with live figures)'],
  options: {},
  details: `InfluxDB 1 and VictoriaMetrics are unpacked from Debian packages and Prometheus 3 is built by Go, once, into
.cache/metric-servers; nothing is installed. Servers listen on loopback. Of InfluxDB 2 there is no package: its way is
proved with VictoriaMetrics, which speaks it.`,
  examples: ['npm run test:exports', 'npm run test:exports -- reports/runs/latest'],
  exits: { passed: 'all is equal', failed: 'a value differs, or a run took harm', wrongUse: true },
  run: (_, [named]) => prove(named),
});

async function prove(named: string | undefined): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'exports-'));
  try {
    const made = named === undefined ? await liveRun(folder) : undefined;
    const runDir = made?.runDir ?? resolve(named ?? '');
    const findings = made?.findings ?? [];
    for (const [index, open] of SERVERS.entries())
      findings.push(await uploaded(open, join(folder, String(index)), runDir));
    for (const { what, found, ok } of findings) console.log(`${ok ? 'ok   ' : 'WRONG'} ${what}: ${found}`);
    const failed = findings.filter(({ ok }) => !ok).length;
    console.log(`\n${findings.length - failed} passed, ${failed} failed`);
    return failed > 0 ? FAILED : PASSED;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function uploaded(
  open: (folder: string) => Promise<RealServer>,
  folder: string,
  runDir: string,
): Promise<Finding> {
  const server = await open(folder);
  const note = join(runDir, PROGRESS_FILE);
  const hadNote = existsSync(note);
  try {
    const { code, said } = await suite(['upload', runDir, '--to', server.to], server.settings);
    if (code !== PASSED) return { what: server.name, found: said.trim(), ok: false };
    const summary = JSON.parse(readFileSync(join(runDir, 'summary.json'), 'utf8')) as Summary;
    const { found, ok } = compared(valuesOf(boundedRows(runRows(summary)).rows), await server.values());
    const { name: what, says } = server;
    if (says === undefined) return { what, found, ok };
    const lines = said.split('\n').filter((line) => line.includes(says));
    return {
      what,
      found: `${found}; ${lines[0] ?? `nothing is said of it: ${said.trim()}`}`,
      ok: ok && lines.length > 0,
    };
  } finally {
    await server.stop();
    if (!hadNote) rmSync(note, { force: true });
  }
}

function compared(sent: readonly Value[], found: readonly Value[]): { found: string; ok: boolean } {
  const there = new Map(found.map((value) => [keyOf(value), value.value]));
  let [exact, near] = [0, 0];
  const wrong: string[] = [];
  for (const value of sent) {
    const got = there.get(keyOf(value));
    if (got === value.value) exact += 1;
    else if (got !== undefined && Math.abs(got - value.value) <= SAME * Math.abs(value.value)) near += 1;
    else wrong.push(`${keyOf(value)}: sent ${value.value}, found ${got ?? 'nothing'}`);
  }
  const asked = new Set(sent.map(keyOf));
  const more = found.filter((value) => !asked.has(keyOf(value))).length;
  const ok = wrong.length === 0 && more === 0 && sent.length > 0;
  const text = `${sent.length} values sent, ${exact} equal, ${near} in 12 digits or more, ${wrong.length} others, ${more} more`;
  return { found: ok ? text : `${text}; ${wrong[0] ?? ''}`, ok };
}

function keyOf({ metric, labels, t }: Value): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${metric} ${JSON.stringify(sorted)} ${t}`;
}
