/** First the runner, then the browser alone is stopped (SIGSTOP) and goes on later; when follows from the seed. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Disturbance, Summary } from '../../../analysis/summary/summary.ts';
import { type Random, seededRandom } from '../../../fixtures/data/random.ts';
import { commandLine, descendants } from '../../artillery/processes.ts';
import { atSomeMoment, harmedRun, reasonThat, shortProfile } from '../harmed-run.ts';
import type { Proof, ProofRow } from '../proof.ts';

const STOPPED_S = 3;
const SECONDS = 9;
/** A loop that could go on again may have to wait for a core. */
const LATE_S = 0.5;
/** Processes are looked at once a second: what is stopped between two looks is seen up to a second too long or short. */
const LOOK_S = 1.2;
const BROWSER = /^\S*(chrom|headless)/i;

export default {
  name: 'suspended',
  title: 'Is a generator that stands still found, and a browser that does?',
  async run({ short, seed }) {
    const random = seededRandom(`suspended ${seed}`);
    const rows: ProofRow[] = [];
    for (let trial = 0; trial < (short ? 1 : 3); trial += 1) rows.push(...(await trialOf(random)));
    return rows;
  },
} satisfies Proof;

async function trialOf(random: Random): Promise<ProofRow[]> {
  return harmedRun(
    shortProfile(SECONDS, { browsers: true }),
    { JOURNEYS: '1' },
    async ({ run, concluded }) => {
      const first = await atSomeMoment(random, 1, 2);
      const runner = await stopped([run.pid]);
      const second = await atSomeMoment(random, 1.2, 1.7);
      const browser = await stopped(browsersOf(run.pid));
      // Two looks at its processes later all is reported; the rest of the run would prove nothing.
      await wait(2000);
      run.kill('SIGINT');
      await run.ended;
      const { summary } = concluded() ?? {};
      if (!summary) throw new Error(`the run was not concluded:\n${run.output}`);
      return [
        ...rowsOf(
          summary,
          `the runner stopped for ${runner.toFixed(2)} s after ${first.toFixed(1)} s`,
          runner,
          {
            what: 'stood-still',
            reason: /^the generator stood still for .* \(suspended, or starved of CPU\)/,
            early: 0.1,
            late: LATE_S,
          },
        ),
        ...rowsOf(
          summary,
          `the browser stopped for ${browser.toFixed(2)} s, ${second.toFixed(1)} s later`,
          browser,
          {
            what: 'suspended',
            reason: /^a part of the generator was suspended for about/,
            early: LOOK_S,
            late: LOOK_S,
          },
        ),
      ];
    },
  );
}

/** Stops these processes for a while. Gives the seconds that it really was. */
async function stopped(pids: readonly number[]): Promise<number> {
  if (pids.length === 0) throw new Error('there is no browser to stop');
  const begun = performance.now();
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    await wait(STOPPED_S * 1000);
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
  return (performance.now() - begun) / 1000;
}

function browsersOf(runner: number): number[] {
  return descendants(runner)
    .map(({ pid }) => pid)
    .filter((pid) => BROWSER.test(commandLine(pid)));
}

function rowsOf(
  summary: Summary,
  injected: string,
  seconds: number,
  expected: { what: Disturbance['what']; reason: RegExp; early: number; late: number },
): ProofRow[] {
  const { what, reason: pattern, early, late } = expected;
  const told = summary.disturbances.filter((one) => one.what === what);
  const longest = Math.max(0, ...told.map(({ ms = 0 }) => ms)) / 1000;
  const reason = reasonThat(pattern, summary);
  return [
    {
      what: `"${what}", the longest`,
      injected,
      found: `${longest.toFixed(2)} s`,
      n: summary.generator.seconds,
      allowed: `−${early} s to +${late} s`,
      ok: longest >= seconds - early && longest <= seconds + late,
    },
    {
      what: 'verdict and reason',
      injected,
      found: `${summary.verdict}: ${reason.found}`,
      n: 1,
      allowed: 'invalid, by name',
      ok: summary.verdict === 'invalid' && reason.ok,
    },
  ];
}
