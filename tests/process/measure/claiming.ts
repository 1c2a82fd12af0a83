/** A thread or a process of a run, as it is started: takes weeks and gives them back, and reports when it had which. */
import { setTimeout as wait } from 'node:timers/promises';
import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Claims } from '../../../measure/session/claims.ts';

/** Nanoseconds of a clock that all processes of a machine share. */
export interface Kept {
  week: string;
  from: bigint;
  to: bigint;
}

export async function claimInTurn(runDir: string, weeks: readonly string[], rounds: number): Promise<Kept[]> {
  const kept: Kept[] = [];
  const sessions = Array.from({ length: 3 }, () => new Claims(runDir));
  const live = async (claims: Claims, index: number) => {
    for (let round = 0; round < rounds; round += 1) {
      // As browsers do, and as HTTP sessions do: one of some, or some or none.
      const own =
        (index + round) % 2 === 0
          ? [claims.first('drafts', weeks)].filter((week) => week !== undefined)
          : weeks.slice(0, 2).filter((_, __, pair) => claims.all('drafts', pair));
      const from = process.hrtime.bigint();
      await wait(1);
      const to = process.hrtime.bigint();
      claims.release();
      for (const week of own) kept.push({ week, from, to });
    }
  };
  await Promise.all(sessions.map(live));
  return kept;
}

if (!isMainThread && parentPort) {
  const { runDir, weeks, rounds } = workerData as { runDir: string; weeks: string[]; rounds: number };
  parentPort.postMessage(await claimInTurn(runDir, weeks, rounds));
} else if (process.send) {
  const [runDir = '', weeks = '', rounds = ''] = process.argv.slice(2);
  const kept = await claimInTurn(runDir, weeks.split(','), Number(rounds));
  process.send(kept.map(({ week, from, to }) => [week, String(from), String(to)]));
}
