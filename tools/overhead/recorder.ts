import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { conclude } from '../../analysis/conclude.ts';
import { pack } from '../../analysis/outputs.ts';
import { Recorder, SAMPLES_FILE } from '../../measure/run/recorder.ts';
import { type RunJson, SCHEMA } from '../../measure/run/run.ts';
import { hostFacts, suiteFacts } from '../../runner/host-and-suite.ts';
import { type Part, type Row, row, withGoal } from './figures.ts';
import { sampleOf } from './many-samples.ts';
import type { Options } from './options.ts';
import type { Bench } from './session-cost.ts';

const RATE = 5000;
/** Of one core, %. */
const MOST_CPU = 5;
/** As long as a delay may be before a run calls itself distorted: what is timed then is wrong by as much. */
const MOST_DELAY_MS = 50;
const BURST = 20_000;
const TICK_MS = 10;
/** The monitor looks this often; its own period is part of what it reports. */
const RESOLUTION_MS = 5;

/** The recorder by itself in this process: how fast, at what price, and whether the end of a run holds the loop up. */
export async function recorder(bench: Bench, { seconds, samples }: Options): Promise<Part> {
  const runDir = join(bench.folder, 'recorder');
  mkdirSync(runDir, { recursive: true });
  const shares = await priceAtRate(runDir, seconds, bench.tell);
  rmSync(join(runDir, SAMPLES_FILE));
  const speeds = flatOut(runDir, samples);
  bench.tell(`${samples} samples written`);
  writeFileSync(join(runDir, 'run.json'), JSON.stringify(runOf()));
  const concluding = await delays(() => conclude(runDir));
  bench.tell(`summarised and reported in ${concluding.seconds.toFixed(1)} s`);
  const packing = await delays(() => pack(join(runDir, SAMPLES_FILE)));
  bench.tell(`packed in ${packing.seconds.toFixed(1)} s`);
  const one = (what: string, value: number, unit: Row['unit']): Row => ({
    what,
    n: 1,
    median: value,
    spread: null,
    unit,
  });
  const more = shares.recording.map((share, at) => share - (shares.idle[at] as number));
  return {
    name: 'recorder',
    title: 'The recorder',
    how: [
      `${RATE} request samples a second through \`measure/run/recorder.ts\`, each made again, for ${seconds} s with and ${seconds} s without writing them, in turn, second by second; CPU as a share of one core, n counts seconds.`,
      `Then ${samples} samples as fast as it can (n counts bursts of ${BURST}), summarised and reported by \`analysis/conclude.ts\`, packed; delays of the event loop meanwhile, longest and 99th percentile of ${RESOLUTION_MS} ms looks.`,
      'A run is summarised when its last session has ended: that delay disturbs nobody. Packing may go on beside a run.',
    ],
    rows: [
      row(`CPU at ${RATE} requests a second, not recorded`, shares.idle, '%'),
      row(`CPU at ${RATE} requests a second, recorded`, shares.recording, '%'),
      withGoal(row('CPU of recording', more, '%'), MOST_CPU),
      row('worst delay of the loop in a second, not recorded', shares.idleDelays, 'ms'),
      row('worst delay of the loop in a second, recorded', shares.recordingDelays, 'ms'),
      row('samples a second, flat out', speeds, 'per s'),
      one(`summarising ${samples} samples`, concluding.seconds, 's'),
      one('delay of the loop meanwhile, p99', concluding.p99, 'ms'),
      one('delay of the loop meanwhile, longest', concluding.longest, 'ms'),
      one(`packing ${samples} samples`, packing.seconds, 's'),
      one('delay of the loop meanwhile, p99', packing.p99, 'ms'),
      withGoal(one('delay of the loop meanwhile, longest', packing.longest, 'ms'), MOST_DELAY_MS),
    ],
  };
}

/** Shares of one core, %, in seconds with and without recording. */
async function priceAtRate(runDir: string, seconds: number, tell: (line: string) => void) {
  const writer = new Recorder(runDir);
  const idle: number[] = [];
  const recording: number[] = [];
  const idleDelays: number[] = [];
  const recordingDelays: number[] = [];
  let made = 0;
  const second = async (write: boolean) => {
    const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    monitor.enable();
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const first = made;
    while (performance.now() - begun < 1000) {
      const due = first + Math.round((Math.min(performance.now() - begun, 1000) / 1000) * RATE);
      for (; made < due; made += 1) {
        const sample = sampleOf(made, Date.now());
        if (write) writer.write(sample);
      }
      await wait(TICK_MS);
    }
    if (write) writer.flush();
    const { user, system } = process.cpuUsage(cpu);
    const elapsed = (performance.now() - begun) * 1000;
    monitor.disable();
    (write ? recording : idle).push(((user + system) / elapsed) * 100);
    (write ? recordingDelays : idleDelays).push(Math.max(0, monitor.max / 1e6 - RESOLUTION_MS));
  };
  for (const write of [false, true]) await second(write); // warms up
  for (const list of [idle, recording, idleDelays, recordingDelays]) list.length = 0;
  for (let index = 0; index < seconds; index += 1)
    for (const write of index % 2 === 0 ? [false, true] : [true, false]) await second(write);
  writer.close();
  tell(`${seconds} s with and without recording at ${RATE} a second`);
  return { idle, recording, idleDelays, recordingDelays };
}

/** Samples a second of each burst. Leaves them all in the run directory. */
function flatOut(runDir: string, samples: number): number[] {
  const writer = new Recorder(runDir);
  const speeds: number[] = [];
  const start = Date.now() - samples;
  for (let done = 0; done < samples; done += BURST) {
    const burst = Array.from({ length: Math.min(BURST, samples - done) }, (_, at) =>
      sampleOf(done + at, start + done + at),
    );
    const begun = performance.now();
    for (const sample of burst) writer.write(sample);
    writer.flush();
    speeds.push((burst.length / (performance.now() - begun)) * 1000);
  }
  writer.close();
  return speeds;
}

async function delays(
  work: () => Promise<unknown>,
): Promise<{ seconds: number; p99: number; longest: number }> {
  const monitor = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  monitor.enable();
  await wait(5 * RESOLUTION_MS); // it begins to look a moment later
  const begun = performance.now();
  await work();
  const seconds = (performance.now() - begun) / 1000;
  await wait(2 * RESOLUTION_MS);
  monitor.disable();
  const delay = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  return { seconds, p99: delay(monitor.percentile(99)), longest: delay(monitor.max) };
}

/** Without `ended`, so that its samples are left as they are: packing is timed apart. */
function runOf(): RunJson {
  return {
    schema: SCHEMA,
    id: 'recorder',
    profiles: ['bench'],
    runner: 'artillery',
    start: new Date().toISOString(),
    target: {
      url: 'http://127.0.0.1',
      apiUrl: 'http://127.0.0.1/api/v1',
      environment: 'embedded',
      kind: 'embedded',
    },
    suite: suiteFacts(),
    host: hostFacts(),
    plan: { phases: [], mix: [], seed: 1 },
  };
}
