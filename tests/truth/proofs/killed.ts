/** A run is killed outright (SIGKILL) at a moment that follows from the seed; what it kept is compared with the target's log. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Random, seededRandom } from '../../../fixtures/data/random.ts';
import type { Sample } from '../../../measure/run/samples.ts';
import { SuiteProcess } from '../../artillery/suite-process.ts';
import { readAccessLog } from '../../faults/target.ts';
import { atSomeMoment, type Harmed, harmedRun, reasonThat, shortProfile } from '../harmed-run.ts';
import type { Proof, ProofRow } from '../proof.ts';

const SECONDS = 12;
/** Answers that are younger at the kill may be lost (docs/measuring.md, "The run directory"). */
const LAST_MS = 1000;
const FIRST_REQUESTS = 20;

export default {
  name: 'killed',
  patient: true,
  title: 'Does a killed run keep all but its last second, and say that it was killed?',
  async run({ short, seed }) {
    const random = seededRandom(`killed ${seed}`);
    const rows: ProofRow[] = [];
    for (let trial = 0; trial < (short ? 1 : 5); trial += 1) rows.push(...(await trialOf(random, short)));
    return rows;
  },
} satisfies Proof;

function trialOf(random: Random, short: boolean): Promise<ProofRow[]> {
  const withLog = (folder: string) => ({ SCHEDULER_ACCESS_LOG: join(folder, 'access.ndjson') });
  return harmedRun(shortProfile(SECONDS, { browsers: true }), withLog, async (harmed) => {
    const { run, runDir, concluded } = harmed;
    const file = join(runDir, 'samples.ndjson');
    // On a slow machine the moment is counted from when there is something to lose.
    await run.until('the first requests', () => requestsIn(file) >= FIRST_REQUESTS);
    const injected = `SIGKILL after ${(await atSomeMoment(random, 2, short ? 3 : SECONDS - 3)).toFixed(1)} s`;
    const killed = Date.now();
    run.kill('SIGKILL');
    await run.ended;
    const left = await run.leftBehind();
    const { answered, lost } = answersOf(harmed, killed);
    const report = new SuiteProcess(['cli/loadtest.cjs', 'report', runDir], {});
    const { code } = await report.ended;
    const { summary } = concluded() ?? {};
    if (!summary) throw new Error(`loadtest report made no summary:\n${report.output}`);
    const reason = reasonThat(/^the run was killed/, summary);
    const said = report.stdout.includes(reason.found) && existsSync(join(runDir, 'index.html'));
    return [
      {
        what: 'API answers older than a second, by the target’s log: those without a sample',
        injected,
        found: `${lost.length} of ${answered}${lost.length > 0 ? ` (${lost.slice(0, 3).join(', ')})` : ''}`,
        n: answered,
        allowed: '0',
        ok: lost.length === 0 && answered > 20,
      },
      {
        what: '`npx loadtest report`: exit code, verdict and reason; the report is there',
        injected,
        found: `${code}, ${summary.verdict}: ${reason.found}`,
        n: 1,
        allowed: '3, invalid, by name',
        ok: code === 3 && summary.verdict === 'invalid' && reason.ok && said,
      },
      {
        what: 'processes of the run that run on: browsers, the embedded scheduler',
        injected,
        found: left.join(', ') || '0',
        n: run.startedProcesses,
        allowed: '0',
        ok: left.length === 0,
      },
    ];
  });
}

function requestsIn(file: string): number {
  return readFileSync(file, 'utf8').split('"kind":"request"').length - 1;
}

/** Which API requests were answered, by the target's own log, and which of them have no sample. */
function answersOf({ folder, runDir }: Harmed, killed: number): { answered: number; lost: string[] } {
  const text = readFileSync(join(runDir, 'samples.ndjson'), 'utf8');
  const samples = text
    .slice(0, text.lastIndexOf('\n'))
    .split('\n')
    .map((line) => JSON.parse(line) as Sample);
  const kept = new Set(samples.map((sample) => (sample.kind === 'request' ? sample.requestId : undefined)));
  // What is asked before the run, to see that the target is the scheduler and well, is no session's request.
  const begun = Math.min(...samples.map(({ t, name }) => (name === 'session-started' ? t : killed)));
  const answered = readAccessLog(join(folder, 'access.ndjson')).filter(
    ({ path, status, t, ms }) =>
      path.startsWith('/api/v1/') &&
      !path.includes('/health/') &&
      status > 0 &&
      t >= begun &&
      t + ms < killed - LAST_MS,
  );
  return { answered: answered.length, lost: answered.filter(({ id }) => !kept.has(id)).map(({ id }) => id) };
}
