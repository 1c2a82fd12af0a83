import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 1000;
/** One for the page and one for everything beside it: with fewer, pages wait for the processor. */
const LEAST_IDLE = 2;
/** No machine is wholly idle. */
const NEARLY = 0.25;

/** Looks at the processors for a second. Gives a line for the user where too few are idle. */
export async function busyWarning(): Promise<string | undefined> {
  const before = times();
  await delay(LOOK_MS);
  const after = times();
  const all = after.all - before.all;
  const idle = all > 0 ? ((after.idle - before.idle) / all) * os.cpus().length : LEAST_IDLE;
  if (idle >= LEAST_IDLE - NEARLY) return undefined;
  return `${idle.toFixed(1)} cores are idle, and an audit needs ${LEAST_IDLE}: times of this run are longer than the pages'. Audit on a machine that does nothing else.`;
}

function times(): { idle: number; all: number } {
  const cpus = os.cpus().map((cpu) => cpu.times);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return { idle: sum(cpus.map(({ idle }) => idle)), all: sum(cpus.flatMap((each) => Object.values(each))) };
}
