import type { Browser } from '../../config/browser.ts';
import type { Task } from './generator/messages.ts';
import type { WatchedGenerator } from './watch/watched-generator.ts';

export interface GeneratorOptions {
  /** Default: the one that a run would take. */
  browser?: Browser;
  /** Whether it watches its own health, as a run does. Default: yes. */
  isWatched?: boolean;
}

/** What parts of the bench need: a target that is open, and generators to watch. */
export interface Bench {
  /** Does something with a new generator, and ends it. */
  withGenerator(
    options: GeneratorOptions,
    work: (generator: WatchedGenerator) => Promise<void>,
  ): Promise<void>;
  /** Browsers on this machine, the best of each kind. */
  browsers: Browser[];
  /** A folder for what is written while measuring; it is removed at the end. */
  folder: string;
  /** A line about how far it is. */
  tell(line: string): void;
}

/** A session that failed: it cost something else than one that did not, so there is nothing to compare. */
export class NotMeasured extends Error {}

export interface Cost {
  /** Of Node and browser, from the opening of the context until all of its processes have ended. */
  cpuSeconds: number;
  /** At the end of the session, the page still open, more than before it. */
  memoryMiB: number;
  seconds: number;
}

/**
 * One session, nothing else going on. Reading memory and collecting garbage before it is left out of the CPU.
 * @throws NotMeasured when the session fails
 */
export async function costOf(
  generator: WatchedGenerator,
  task: Task,
  tell: (line: string) => void,
): Promise<Cost> {
  const memoryBefore = await generator.memory();
  const before = generator.tree();
  const { ok, error, seconds } = await generator.session(task);
  const atEnd = generator.tree();
  if (!ok) throw new NotMeasured(`session ${task.id} failed: ${error}`);
  const memory = await generator.memory();
  const beforeClose = generator.tree();
  await generator.close(task.id);
  await generator.settled(before.pids.length);
  const after = generator.tree();
  const cost = {
    cpuSeconds: atEnd.cpuSeconds - before.cpuSeconds + (after.cpuSeconds - beforeClose.cpuSeconds),
    memoryMiB: memory.node + memory.browser - memoryBefore.node - memoryBefore.browser,
    seconds,
  };
  tell(
    `${task.id}: ${cost.cpuSeconds.toFixed(2)} CPU s, ${cost.memoryMiB.toFixed(0)} MiB, ${seconds.toFixed(1)} s`,
  );
  return cost;
}
