/** `npm run bench`: what measuring costs. See `npm run bench -- --help` and docs/cost.md. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type Browser, launchArgs, oneOfEachKind } from '../../config/browser.ts';
import { ROOT, readEnvironment } from '../../config/environment.ts';
import { ConfigError, TargetUnreachable } from '../../config/errors.ts';
import { runStamp } from '../../measure/run/directory.ts';
import { startEmbeddedScheduler } from '../../measure/target/embedded.ts';
import { hostFacts, suiteFacts } from '../../runner/host-and-suite.ts';
import { setUpBrowser } from '../../runner/set-up-browser.ts';
import { audits } from './audits.ts';
import { browsers } from './browsers.ts';
import { cost } from './cost.ts';
import { type Part, table } from './figures.ts';
import { leaks } from './leaks.ts';
import { benchOptions, type Options, type PartName } from './options.ts';
import { recorder } from './recorder.ts';
import { type Bench, NotMeasured } from './session-cost.ts';
import { WatchedGenerator } from './watch/watched-generator.ts';
import { writePage } from './write-page.ts';

const WORK: Record<PartName, (bench: Bench, options: Options) => Promise<Part>> = {
  cost,
  browsers,
  leaks,
  recorder,
  audits,
};
const REPORTS = join(ROOT, 'reports/bench');

try {
  const options = benchOptions(process.argv.slice(2));
  if (options) await bench(options);
} catch (error) {
  if (error instanceof ConfigError || error instanceof TargetUnreachable) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else {
    if (!(error instanceof NotMeasured)) throw error;
    console.error(`bench: ${error.message}; nothing can be concluded from the rest of this part`);
    process.exitCode = 1;
  }
}

async function bench(options: Options): Promise<void> {
  const start = new Date();
  const environment = readEnvironment();
  const isBrowserNeeded = options.parts.some((part) => part !== 'recorder');
  if (isBrowserNeeded) setUpBrowser(environment);
  const found = isBrowserNeeded ? oneOfEachKind(environment) : [];
  const folder = mkdtempSync(join(tmpdir(), 'load-suite-bench-'));
  const tools: Bench = {
    browsers: found,
    folder,
    tell: (line) => void process.stderr.write(`  ${line}\n`),
    withGenerator: ({ browser = found[0] as Browser, isWatched = true }, work) =>
      withGenerator(folder, browser, isWatched, work),
  };
  const done: Part[] = [];
  const file = join(REPORTS, `${runStamp(start)}.json`);
  const keep = () => {
    mkdirSync(REPORTS, { recursive: true });
    const about = {
      schema: 1,
      start: start.toISOString(),
      suite: suiteFacts(),
      host: hostFacts(found[0]?.kind),
      options,
    };
    writeFileSync(file, `${JSON.stringify({ ...about, parts: done }, null, 2)}\n`);
  };
  try {
    for (const name of options.parts) {
      process.stderr.write(`${name} …\n`);
      const part = await WORK[name](tools, options);
      done.push(part);
      console.log(`\n${part.title}\n\n${part.how.join('\n')}\n\n${table(part)}\n`);
      keep();
      if (options.write) writePage(part, start);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`all values: ${relative(process.cwd(), file)}`);
}

/** With a target of its own, with fresh data: what one part leaves there is not another's to carry. */
async function withGenerator(
  folder: string,
  { path }: Browser,
  isWatched: boolean,
  work: (generator: WatchedGenerator) => Promise<void>,
): Promise<void> {
  const runDir = mkdtempSync(join(folder, 'samples-'));
  const target = await startEmbeddedScheduler({
    size: 'medium',
    // The target's own work is nobody's here: sign-ins need not wait for it.
    settings: { SCHEDULER_PASSWORD_COST_MS: '10' },
  });
  try {
    const { url: baseUrl, accounts } = target;
    const setting = { baseUrl, accounts, runDir, browserPath: path, isWatched, args: launchArgs({}) };
    const generator = await WatchedGenerator.open(setting);
    try {
      await work(generator);
    } finally {
      await generator.stop();
    }
  } finally {
    await target.stop();
  }
}
