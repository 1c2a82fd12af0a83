/** `npm run bench:http`: what a request over HTTP costs, beside other tools. See `npm run bench:http -- --help`. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ROOT, readEnvironment } from '../../../config/environment.ts';
import { ConfigError } from '../../../config/errors.ts';
import { runStamp } from '../../../measure/run/directory.ts';
import { hostFacts, suiteFacts } from '../../../runner/host-and-suite.ts';
import { type Part, table } from '../figures.ts';
import { NotMeasured } from '../session-cost.ts';
import { writePage } from '../write-page.ts';
import { findK6, HOW_TO_GET_K6 } from './k6.ts';
import { latencies } from './latencies.ts';
import { httpBenchOptions, type Options } from './options.ts';
import { speeds } from './speeds.ts';

const REPORTS = join(ROOT, 'reports/bench');

try {
  const options = httpBenchOptions(process.argv.slice(2));
  if (options) await bench(options);
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof NotMeasured)) throw error;
  console.error(`bench:http: ${error.message.replace(/^bench:http: /, '')}`);
  process.exitCode = error instanceof ConfigError ? error.exitCode : 1;
}

async function bench(options: Options): Promise<void> {
  const start = new Date();
  const k6 = findK6(readEnvironment());
  if (!k6) console.error(`${HOW_TO_GET_K6}; the table goes without it`);
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-bench-'));
  const tell = (line: string) => void process.stderr.write(`  ${line}\n`);
  const about = {
    schema: 1,
    start: start.toISOString(),
    suite: suiteFacts(),
    host: hostFacts(),
    k6: k6?.version,
  };
  const file = join(REPORTS, `${runStamp(start)}-http.json`);
  const parts: Part[] = [];
  try {
    for (const work of options.parts.map((name) => ({ speeds, latencies })[name])) {
      const part = await work({ folder, k6, tell }, options);
      if (!part) continue;
      parts.push(part);
      console.log(`\n${part.title}\n\n${part.how.join('\n')}\n\n${table(part)}\n`);
      mkdirSync(REPORTS, { recursive: true });
      writeFileSync(file, `${JSON.stringify({ ...about, options, parts }, null, 2)}\n`);
      if (options.write) writePage(part, start);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`all values: ${relative(process.cwd(), file)}`);
}
