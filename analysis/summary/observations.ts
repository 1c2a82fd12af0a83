import type { WorkerLost } from '../../measure/run/events.ts';
import type { RunEndedEarly, SearchEnded } from '../../measure/run/findings.ts';
import type { CallLog, ShiftSources } from './advice-evidence.ts';
import type { Summary } from './summary.ts';

/** What was seen, before it is judged. */
export type Observations = Omit<
  Summary,
  | 'verdict'
  | 'reasons'
  | 'reasonDetails'
  | 'notes'
  | 'headline'
  | 'exitCode'
  | 'gates'
  | 'budgets'
  | 'deployment'
  | 'primary'
  | 'answers'
  | 'advice'
> & {
  /** What advice is made from, and no report shows. */
  log: CallLog;
  shiftSources: ShiftSources[];
  /** What searches found, and why the run ended before its plan did. */
  searches: SearchEnded[];
  endedEarly?: RunEndedEarly;
  /** `how` is absent where the samples do not have it. */
  targetDied?: { how?: string };
  /** `at`: s since the run's start. */
  workerLost?: WorkerLost & { at: number };
  /** It has not ended, and somebody is still writing it. */
  goingOn: boolean;
};
