import { spawn } from 'node:child_process';
import { createReadStream, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ascending, percentile } from '../../../analysis/statistics/percentile.ts';
import { childEnvironment } from '../../../config/environment.ts';
import { SAMPLES_FILE } from '../../../measure/run/recorder.ts';
import type { Sample } from '../../../measure/run/samples.ts';
import { type Part, type Row, row, withGoal } from '../figures.ts';
import { NotMeasured } from '../session-cost.ts';
import { REQUESTS_OF_A_SESSION } from './journeys.ts';
import type { Options } from './options.ts';
import { K6_SUMMARY, k6PacedScript, type Pace } from './scripts.ts';
import type { HttpBench } from './speeds.ts';
import { BenchTarget } from './target.ts';

const DELAYS_MS = [20, 50];
const SESSIONS_A_SECOND = 20;
/** Turns of this part: each is long. */
const MOST_ROUNDS = 3;
/** How far the figures of the two may be apart, %. */
const MOST_APART = 2;
const HOWS = ['median', 'p95'] as const;

type Figures = Record<(typeof HOWS)[number], number>;
interface Round {
  suite: Figures;
  k6?: Figures;
}

/** The same requests at the same rate by this suite and by k6, in turn: what each says of their times. */
export async function latencies(bench: HttpBench, options: Options): Promise<Part> {
  const pace: Pace = {
    sessions: SESSIONS_A_SECOND,
    requests: REQUESTS_OF_A_SESSION,
    warmUp: options.warmUp,
    seconds: options.seconds * 2,
  };
  const seen = new Map<number, Round[]>(DELAYS_MS.map((delay) => [delay, []]));
  const target = await BenchTarget.start();
  try {
    for (let round = 0; round < Math.min(options.rounds, MOST_ROUNDS); round += 1) {
      for (const delay of DELAYS_MS) {
        target.delay(delay);
        const suite = await bySuite(bench, target.url, pace);
        const k6 = bench.k6 && (await byK6(bench.k6.path, bench, target.url, pace));
        seen.get(delay)?.push({ suite, k6 });
        const told = (figures?: Figures) =>
          figures ? `median ${figures.median.toFixed(2)}, p95 ${figures.p95.toFixed(2)} ms` : 'not there';
        bench.tell(`${delay} ms: this suite ${told(suite)}; k6 ${told(k6)}`);
      }
    }
  } finally {
    await target.stop();
  }
  return {
    name: 'http latencies',
    title: 'Do this suite and k6 measure the same?',
    how: [
      `${pace.sessions} sessions of ${pace.requests} GETs begin in each of ${pace.seconds} s, evenly, after ${pace.warmUp} s of warm-up; the server waits for a fixed time before each answer (a timer, so up to a millisecond longer). Each tool says itself what it saw; this suite by \`ttfb\` and \`download\` of its samples together, k6 by \`http_req_duration\`, which is the same: without the wait for a connection and its opening.`,
      `In turn, n counts turns. Apart: the difference of the two in a turn, as a share of k6's; ${bench.k6?.version ? `k6 ${bench.k6.version}` : 'no k6 on this machine'}.`,
    ],
    rows: DELAYS_MS.flatMap((delay) => HOWS.flatMap((how) => rowsOf(delay, how, seen.get(delay) ?? []))),
  };
}

function rowsOf(delay: number, how: (typeof HOWS)[number], rounds: readonly Round[]): Row[] {
  const both = rounds.flatMap(({ suite, k6 }) => (k6 ? [{ suite: suite[how], k6: k6[how] }] : []));
  const own = row(
    `${delay} ms: ${how}, this suite`,
    rounds.map(({ suite }) => suite[how]),
    'ms',
  );
  if (both.length === 0) return [own];
  return [
    own,
    row(
      `${delay} ms: ${how}, k6`,
      both.map(({ k6 }) => k6),
      'ms',
    ),
    withGoal(
      row(
        `${delay} ms: ${how}, apart`,
        both.map(({ suite, k6 }) => Math.abs(suite / k6 - 1) * 100),
        '%',
      ),
      MOST_APART,
    ),
  ];
}

async function bySuite(
  { folder }: HttpBench,
  url: string,
  { sessions, seconds, warmUp }: Pace,
): Promise<Figures> {
  const runDir = mkdtempSync(join(folder, 'paced-'));
  const engine = new URL('./engine.ts', import.meta.url).pathname;
  await ended(
    process.execPath,
    [engine, url, runDir, 'paced', String(sessions), String(seconds + warmUp)],
    folder,
  );
  const times: number[] = [];
  let from: number | undefined;
  for await (const line of createInterface({ input: createReadStream(join(runDir, SAMPLES_FILE)) })) {
    const sample = JSON.parse(line) as Sample;
    from ??= sample.t + warmUp * 1000;
    if (sample.kind !== 'request' || sample.name !== 'people.list' || sample.t < from) continue;
    times.push((sample.ttfb ?? 0) + (sample.download ?? 0));
  }
  const sorted = ascending(times);
  return { median: percentile(sorted, 0.5) as number, p95: percentile(sorted, 0.95) as number };
}

async function byK6(k6: string, { folder }: HttpBench, url: string, pace: Pace): Promise<Figures> {
  await ended(k6, ['run', '--quiet', '--no-usage-report', k6PacedScript(folder, url, pace)], folder);
  const told = JSON.parse(readFileSync(join(folder, K6_SUMMARY), 'utf8'));
  return { median: told.med, p95: told['p(95)'] };
}

/** @throws NotMeasured when the program fails */
function ended(command: string, words: string[], cwd: string): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, words, {
      cwd,
      env: childEnvironment(),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done() : fail(new NotMeasured(`${command} ended with exit code ${code}`)),
    );
  });
}
