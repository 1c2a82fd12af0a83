/** What a full machine means for the times of a run, in words for the top of every report. */
import type { Unit } from '../../measure/run/units.ts';
import { percent, plural } from '../format.ts';
import type { Summary } from '../summary/summary.ts';

type Reasons = Pick<Summary, 'verdict' | 'reasonDetails'>;
type MachineReason = Extract<Summary['reasonDetails'][number], { code: 'machine-busy' | 'machine-full' }>;

/** With more of its seconds full, the machine shapes the median of times too. */
const MOST = 0.5;

export function machineReason({ reasonDetails }: Reasons): MachineReason | undefined {
  return reasonDetails.find(
    (reason): reason is MachineReason => reason.code === 'machine-busy' || reason.code === 'machine-full',
  );
}

export function isMostlyFull({ seconds, of }: MachineReason): boolean {
  return seconds > MOST * of;
}

/** '' where the machine had a free core, and of an invalid run, which says more. */
export function fullMachineText(summary: Reasons): string {
  const reason = machineReason(summary);
  if (!reason || summary.verdict === 'invalid') return '';
  const means = isMostlyFull(reason)
    ? 'All times of this run may be longer than the application takes on a machine with a free core.'
    : 'The slowest times of this run may be longer than the application takes on a machine with a free core.';
  return `The machine of the load generator was full ${whenFull(reason)} ${means}`;
}

/** Beside a time that may be wrong by more than its digits say; '' beside any other figure. */
export function doubtText(summary: Reasons, unit: Unit): string {
  const reason = unit === 'ms' && summary.verdict !== 'invalid' && machineReason(summary);
  return reason && isMostlyFull(reason) ? 'may be too long: the machine was full' : '';
}

/** `in 63 of 63 seconds: over 95 % of all cores were in use. Other programs used more than half of that.` */
function whenFull(reason: MachineReason): string {
  const { seconds, of, limit } = reason;
  const used = `in ${seconds} of ${plural(of, 'second')}`;
  const cores = `over ${percent(limit)} of all cores were in use`;
  if (reason.code === 'machine-full') return `${used} with users in browsers: ${cores}.`;
  const target = reason.mayBeTarget ? ' The application may be one of these programs.' : '';
  return `${used}: ${cores}. Other programs used more than half of that.${target}`;
}
