/** The one way to end a run, whichever way it was run. */
import { conclude } from '../analysis/conclude.ts';
import { notWritten } from '../analysis/outputs.ts';
import type { Summary } from '../analysis/summary/summary.ts';
import { verdictLine } from '../analysis/text/verdict-line.ts';
import { sinceBaseline } from '../compare/since-baseline.ts';
import { INVALID } from '../config/exit-codes.ts';
import { cpuBenchmarkMs } from '../measure/health/machine/cpu-benchmark.ts';
import { amendRunJson, readRunJson } from '../measure/run/directory.ts';
import type { OpenRun } from './open-run.ts';

interface ConcludeOptions {
  /** Writes what else belongs into the run directory, before it is concluded. */
  writeMore?: () => void;
  /** Prints what goes before the verdict. */
  printMore?: (summary: Summary) => void;
}

/**
 * Ends watches, recorder and target, and writes how the run ended, and the CPU benchmark once more: its sessions have
 * ended, so nothing is disturbed.
 */
export async function endRun(run: OpenRun): Promise<void> {
  const { runDir, ending } = run;
  await run.close();
  const end = new Date().toISOString();
  const { host } = readRunJson(runDir);
  amendRunJson(runDir, {
    end,
    ended: ending.how,
    interruptedBy: ending.interruptedBy,
    host: { ...host, cpuBenchmarkEndMs: cpuBenchmarkMs() },
  });
}

/** Ends a run, judges it and prints the verdict. Gives the exit code; on a disk that takes no more, 3 and one line. */
export async function concludeRun(
  run: OpenRun,
  { writeMore, printMore }: ConcludeOptions = {},
): Promise<number> {
  const { runDir, ending } = run;
  try {
    await endRun(run);
    writeMore?.();
    const { summary, reportPath, exitCode, notes } = await conclude(runDir, {
      added: (concluded, goingOn) => sinceBaseline(runDir, concluded, { goingOn }),
    });
    printMore?.(summary);
    console.log(verdictLine(summary, reportPath));
    for (const note of notes) console.error(note);
    return exitCode;
  } catch (error) {
    console.error(notWritten(runDir, error));
    return INVALID;
  } finally {
    ending.close();
  }
}
