import { conclude } from '../analysis/conclude.ts';
import { notWritten } from '../analysis/outputs.ts';
import { verdictLine } from '../analysis/text/verdict-line.ts';
import { INVALID } from '../config/exit-codes.ts';
import type { RunJson } from '../measure/run/run.ts';
import { endRun } from './end-run.ts';

/** Writes how the run ended, judges it and says so. Gives the exit code; on a disk that takes no more, 3 and one line. */
export async function concludeRun(
  runDir: string,
  ended: RunJson['ended'],
  interruptedBy: string | undefined,
  writeMore: () => void = () => undefined,
): Promise<number> {
  try {
    endRun(runDir, ended, interruptedBy);
    writeMore();
    const { summary, reportPath, exitCode, notes } = await conclude(runDir);
    console.log(verdictLine(summary, reportPath));
    for (const note of notes) console.error(note);
    return exitCode;
  } catch (error) {
    console.error(notWritten(runDir, error));
    return INVALID;
  }
}
