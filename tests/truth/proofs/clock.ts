/** The generator's wall clock steps in mid-run; by how much and when follows from the seed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Summary } from '../../../analysis/summary/summary.ts';
import { seededRandom } from '../../../fixtures/data/random.ts';
import { samplesOf } from '../../artillery/suite-process.ts';
import { atSomeMoment, harmedRun, reasonThat, shortProfile } from '../harmed-run.ts';
import type { Proof, ProofRow } from '../proof.ts';

/** The pause between the reading of the two clocks, and the 50 ms after which the step is looked for. */
const ALLOWED_MS = 30;
const SECONDS = 6;

export default {
  name: 'clock',
  title: 'Is a step of the generator’s clock found and called by name?',
  async run({ short, seed }) {
    const random = seededRandom(`clock ${seed}`);
    const anyStep = () => random.pick([-1, 1]) * random.int(300, 10_000);
    const steps = short ? [anyStep()] : [anyStep(), anyStep(), 300, -300];
    const rows: ProofRow[] = [];
    for (const step of steps) {
      rows.push(
        ...(await harmedRun(shortProfile(SECONDS, { browsers: false }), withSteppingClock, async (harmed) => {
          const moment = await atSomeMoment(random, 1, SECONDS - 3);
          writeFileSync(stepFile(harmed.folder), String(step));
          await harmed.run.ended;
          const { summary } = harmed.concluded() ?? {};
          if (!summary) throw new Error(`the run was not concluded:\n${harmed.run.output}`);
          return rowsOf(step, moment, summary, longestRequest(harmed.runDir));
        })),
      );
    }
    return rows;
  },
} satisfies Proof;

function stepFile(folder: string): string {
  return join(folder, 'step');
}

function withSteppingClock(folder: string): Record<string, string> {
  const preload = new URL('../stepping-clock.mjs', import.meta.url);
  preload.searchParams.set('step', stepFile(folder));
  return { NODE_OPTIONS: `--import=${preload.href}` };
}

function longestRequest(runDir: string): number {
  return Math.max(...samplesOf(runDir).map((sample) => (sample.kind === 'request' ? sample.value : 0)));
}

function rowsOf(step: number, moment: number, summary: Summary, longest: number): ProofRow[] {
  const injected = `a step of ${step} ms after ${moment.toFixed(1)} s`;
  const jumps = summary.disturbances.filter(({ what }) => what === 'clock-jumped');
  const [jump] = jumps;
  const n = summary.generator.seconds;
  const reason = reasonThat(/^the generator's clock jumped by/, summary);
  return [
    {
      what: 'steps that were reported, in all seconds',
      injected,
      found: jumps.map(({ ms }) => `${ms} ms`).join(', ') || 'none',
      n,
      allowed: `one, ± ${ALLOWED_MS} ms`,
      ok: jumps.length === 1 && Math.abs((jump?.ms ?? 0) - step) <= ALLOWED_MS,
    },
    {
      what: 'verdict and reason',
      injected,
      found: `${summary.verdict}: ${reason.found}`,
      n: 1,
      allowed: 'invalid, by name',
      ok: summary.verdict === 'invalid' && reason.ok,
    },
    {
      what: 'the longest time of a request over HTTP',
      injected,
      found: `${longest.toFixed(0)} ms`,
      n: summary.counts.requests.n,
      allowed: 'not longer for it',
      ok: longest < Math.max(Math.abs(step), 3000),
    },
  ];
}
