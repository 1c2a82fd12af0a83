import { ConfigError } from '../../../config/errors.ts';
import { type Part, type Row, row, withGoal } from '../figures.ts';
import { canPin } from './cores.ts';
import { type Speed, speedOf } from './generator.ts';
import type { Options } from './options.ts';
import { BenchTarget } from './target.ts';
import { type Way, waysToSend } from './ways.ts';

export interface HttpBench {
  /** A folder for what is written while measuring; it is removed at the end. */
  folder: string;
  k6: { path: string; version: string } | undefined;
  /** A line about how far it is. */
  tell(line: string): void;
}

/** What k6 costs without output on the machine that the goal was set on, ms; its own row here is what counts. */
const K6_COST_MS = 0.09;

/** Every way in turn, round by round, so that what else the machine does meets all of them. */
export async function speeds(bench: HttpBench, options: Options): Promise<Part> {
  const { rounds, seconds, warmUp, users, only } = options;
  const ways = waysToSend(bench.k6?.path).filter(({ key }) => only === undefined || key.includes(only));
  if (ways.length === 0) throw new ConfigError(`bench:http: --only ${only}: no way has this in its key`);
  const seen = new Map<Way, Speed[]>(ways.map((way) => [way, []]));
  const target = await BenchTarget.start();
  try {
    const setting = { url: target.url, folder: bench.folder, users };
    for (let round = 0; round < rounds; round += 1) {
      for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
        const speed = await speedOf(way, setting, target, { warmUp, counted: seconds });
        seen.get(way)?.push(speed);
        bench.tell(
          `${way.key}: ${speed.cpuMs.toFixed(4)} CPU ms a request, ${Math.round(speed.perSecond)} a second`,
        );
      }
    }
  } finally {
    await target.stop();
  }
  const cost = (way: Way): Row =>
    row(
      `CPU of a request, ${way.name}`,
      (seen.get(way) ?? []).map(({ cpuMs }) => cpuMs),
      'ms',
    );
  const k6 = ways.find(({ key }) => key === 'k6');
  const most = (k6 && cost(k6).median) ?? K6_COST_MS;
  return {
    name: 'http speeds',
    title: 'What a request over HTTP costs',
    how: [
      `${users} users at a time, each with a connection that stays open, send GETs one after the other, as fast as they can; the server is a process of its own that answers 0.6 kB of JSON at once, and its CPU is not counted.`,
      `CPU is user and system time of all processes of the generator, from /proc, over ${seconds} s after ${warmUp} s of warm-up, divided by the requests that the server counted; starting and ending is left out. ${rounds} turns each, in interleaved rounds.`,
      canPin
        ? 'Generator and server are tied to a core each (`taskset`), so requests a second are those of one core, as far as nobody else used it.'
        : 'The machine has no two cores to tie generator and server to, so they share what there is.',
      `k6 ${bench.k6?.version ?? '(not on this machine)'}; the goal is what it costs without output in the same rounds${k6 ? '' : `, or ${K6_COST_MS} ms without it`}.`,
    ],
    rows: [
      ...ways.map((way) => (way.key === 'suite' ? withGoal(cost(way), most) : cost(way))),
      ...ways.map((way) =>
        row(
          `requests a second, ${way.name}`,
          (seen.get(way) ?? []).map(({ perSecond }) => perSecond),
          'per s',
        ),
      ),
    ],
  };
}
